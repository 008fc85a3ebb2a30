import { verdictsOf } from "../assumptions.ts";
import { firstAndMore, formatNumberOf } from "../format.ts";
import { atMost } from "../measure.ts";
import type { PanelQuery, PanelsObservation, QueryCheck, RuleSeen } from "../records.ts";
import type { PanelsObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "panels";

/**
 * Judges every query of every panel and of every rule by what the running Prometheus has: it names
 * only metrics and labels that exist; a panel returns series with numbers in the range of its unit
 * and with the labels of its legend; a recording rule has a value.
 *
 * Too few of them are unknown: a dashboard that was not read shows no flaw.
 */
export const panels: Oracle<PanelsObservation, PanelsObjective> = {
  name,
  judge({ dashboards, panels, rules }, objective) {
    const verdict = verdictsOf(name, objective);
    const flaws = [
      ...panels.flatMap((panel) => flawsOfPanel(panel, objective)),
      ...rules.flatMap(flawsOfRule),
    ];
    const samples = panels.reduce((sum, { lines }) => sum + samplesOf(lines), 0);
    const finding = {
      evidence:
        flaws.length === 0
          ? `${formatNumberOf(panels.length, "query", "queries")} of ` +
            `${formatNumberOf(dashboards.length, "dashboard")} return ` +
            `${formatNumberOf(samples, "value")} in range, ${formatNumberOf(rules.length, "rule")} work`
          : firstAndMore(flaws),
      measurements: [
        {
          name: "flaws of panels and rules",
          value: flaws.length,
          unit: "",
          sampleSize: panels.length + rules.length,
          limit: atMost(0),
        },
        { name: "panel queries", value: panels.length, unit: "", sampleSize: dashboards.length },
        { name: "rules", value: rules.length, unit: "", sampleSize: rules.length },
      ],
      witnesses: flaws,
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const doubt =
      tooFew("dashboard", dashboards.length, objective.dashboardsMin) ??
      tooFew("panel query", panels.length, objective.panelsMin) ??
      tooFew("rule", rules.length, objective.rulesMin);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function tooFew(what: string, seen: number, min: number): string | null {
  return seen >= min ? null : `${seen} of the kind "${what}" seen, needed ${min}`;
}

function samplesOf(lines: PanelQuery["lines"]): number {
  return lines.reduce((sum, { samples }) => sum + samples.length, 0);
}

function flawsOfQuery({ problem, unknownMetrics, unknownLabels }: QueryCheck): readonly string[] {
  return [
    ...(problem === null ? [] : [`refused, ${problem}`]),
    ...unknownMetrics.map((metric) => `no metric is called ${metric}`),
    ...unknownLabels.map((label) => `nothing has ${label}`),
  ];
}

function flawsOfPanel(panel: PanelQuery, objective: PanelsObjective): readonly string[] {
  const { dashboard, lines, legendGaps } = panel;
  const flaws = flawsOfQuery(panel);
  const isEmpty = panel.problem === null && samplesOf(lines) === 0;
  return [
    ...flaws,
    ...(isEmpty ? ["it returns no number"] : []),
    ...legendGaps.map((label) => `its legend shows ${label}, which a series does not have`),
    ...outOfRange(panel, objective),
  ].map((flaw) => `panel "${panel.panel}" of ${dashboard}, ${panel.query}: ${flaw}`);
}

/** What the panel itself says, and otherwise what its unit does. */
function rangeOf(
  { unit, min, max }: Pick<PanelQuery, "unit" | "min" | "max">,
  { ranges, otherUnits }: Pick<PanelsObjective, "ranges" | "otherUnits">,
) {
  const byUnit = ranges[unit] ?? otherUnits;
  return {
    min: min ?? byUnit.min ?? Number.NEGATIVE_INFINITY,
    max: max ?? byUnit.max ?? Number.POSITIVE_INFINITY,
  };
}

function outOfRange(panel: PanelQuery, objective: PanelsObjective): readonly string[] {
  const { min, max } = rangeOf(panel, objective);
  const wrong = panel.lines.flatMap(({ samples }) =>
    samples.filter(([, value]) => value < min || value > max),
  );
  const [first] = wrong;
  if (first === undefined) return [];
  const more = wrong.length === 1 ? "" : ` and ${wrong.length - 1} more values`;
  return [`${first[1]}${more} in ${panel.unit || "no unit"}, allowed is ${min} to ${max}`];
}

function flawsOfRule(rule: RuleSeen): readonly string[] {
  return [
    ...(rule.health === "ok" ? [] : [`its health is "${rule.health}", allowed is "ok"`]),
    ...flawsOfQuery(rule),
    ...(rule.values === 0 ? ["it has no value"] : []),
  ].map((flaw) => `rule ${rule.rule} of ${rule.group}: ${flaw}`);
}
