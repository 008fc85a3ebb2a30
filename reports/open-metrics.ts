import type { RunVerdict } from "./verdict.ts";
import { writeRunFile, decideRun, runFiles, type Run } from "./run-store.ts";

/**
 * A run as OpenMetrics 1.0 text, for dashboards and for CI systems that compare such files between
 * branches.
 */
export function openMetrics(run: RunVerdict): string {
  return [
    ...family(
      "hyper_mission_verdict",
      "stateset",
      "How the run was decided.",
      (["GO", "GO_WITH_WARNINGS", "NO_GO", "INCONCLUSIVE"] as const).map((each) => ({
        labels: { hyper_mission_verdict: each },
        value: run.verdict === each ? 1 : 0,
      })),
    ),
    ...family("hyper_mission_run", "info", "Which run this is.", [
      {
        suffix: "_info",
        labels: {
          run: run.runId,
          profile: run.profile ?? "unknown",
          scope: run.scope,
          commit: run.commit ?? "unknown",
          branch: run.branch ?? "unknown",
        },
        value: 1,
      },
    ]),
    ...family("hyper_mission_exit_code", "gauge", "Exit code of the command.", [
      { labels: {}, value: run.exitCode },
    ]),
    ...(run.durationMs === null
      ? []
      : family(
          "hyper_mission_run_seconds",
          "gauge",
          "How long the run took.",
          [{ labels: {}, value: run.durationMs / 1_000 }],
          "seconds",
        )),
    ...family(
      "hyper_mission_criteria",
      "gauge",
      "Criteria by state.",
      Object.entries(run.counts).map(([state, value]) => ({ labels: { state }, value })),
    ),
    ...family(
      "hyper_mission_criterion_passed",
      "gauge",
      "1 where a criterion passed; whatever else it is, 0.",
      run.criteria.map(({ id, claim, state }) => ({
        labels: { criterion: id, claim, state },
        value: state === "passed" ? 1 : 0,
      })),
    ),
    ...family(
      "hyper_mission_measurement",
      "gauge",
      "Every number behind the criteria, in the unit of its label.",
      run.criteria.flatMap(({ id, claim, measurements }) =>
        unique(measurements, ({ name }) => name).map(({ name, unit, value }) => ({
          labels: { criterion: id, claim, name, unit },
          value,
        })),
      ),
    ),
    "# EOF\n",
  ].join("");
}

/** Writes `metrics.txt` of a run from its events. */
export function writeOpenMetrics(run: Run): void {
  writeRunFile(run, runFiles.metrics, openMetrics(decideRun(run)));
}

interface Sample {
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function family(
  name: string,
  type: "gauge" | "info" | "stateset",
  help: string,
  samples: readonly Sample[],
  unit?: string,
): readonly string[] {
  return [
    `# TYPE ${name} ${type}\n`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}\n`]),
    `# HELP ${name} ${escaped(help)}\n`,
    ...samples.map(({ suffix = "", labels, value }) => {
      return `${name}${suffix}${labelsOf(labels)} ${numberOf(value)}\n`;
    }),
  ];
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function numberOf(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return String(value);
}

function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", " ")
    .replaceAll('"', '\\"');
}

/** Two samples with the same labels are an error of the format. */
function unique<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
