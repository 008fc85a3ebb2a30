import { expect, test } from "vitest";
import { panelQuery } from "../hand-made-monitoring.ts";
import type { PanelQuery, PanelsObservation, RuleSeen } from "../records.ts";
import { observability } from "../slo.ts";
import type { PanelsObjective } from "../slo.ts";
import { panels } from "./panels.ts";

const objective: PanelsObjective = {
  ...observability.panels,
  dashboardsMin: 1,
  panelsMin: 1,
  rulesMin: 2,
};

const good = { problem: null, unknownMetrics: [], unknownLabels: [] } as const;
const recording: RuleSeen = {
  ...good,
  group: "requests",
  rule: "job:http_errors:ratio_rate1m",
  query: "sum(rate(errors[1m]))",
  kind: "recording",
  health: "ok",
  values: 1,
};
const alert: RuleSeen = { ...recording, rule: "RedisDown", kind: "alerting", values: null };

const seen = (
  change: Partial<PanelQuery> = {},
  rules: readonly RuleSeen[] = [recording, alert],
): PanelsObservation => ({
  dashboards: ["Overview"],
  panels: [panelQuery(change)],
  rules,
});
const judge = (observation: PanelsObservation, limits: Partial<PanelsObjective> = {}) =>
  panels.judge(observation, { ...objective, ...limits });

test("series in range and rules that speak of what exists pass", () => {
  const verdict = judge(seen());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toBe("1 query of 1 dashboard return 2 values in range, 2 rules work");
});

test.each<[string, PanelsObservation, string]>([
  ["an empty panel", seen({ lines: [] }), "it returns no number"],
  ["a panel of no number", seen({ lines: [{ name: "a", samples: [] }] }), "it returns no number"],
  [
    "a share above one",
    seen({ lines: [{ name: "a", samples: [[0, 1.06]] }] }),
    "1.06 in percentunit",
  ],
  ["below the panel's own bound", seen({ min: 0.1 }), "allowed is 0.1 to 1.05"],
  ["a refused query", seen({ problem: "parse error" }), "refused, parse error"],
  ["a misspelt metric", seen({ unknownMetrics: ["htp_x"] }), "no metric is called htp_x"],
  ["a wrong label", seen({ unknownLabels: ["up{jop}"] }), "nothing has up{jop}"],
  ["a gap in the legend", seen({ legendGaps: ["replica"] }), "its legend shows replica"],
  [
    "a recording rule without a value",
    seen({}, [{ ...recording, values: 0 }, alert]),
    "it has no value",
  ],
  ["a rule that fails", seen({}, [recording, { ...alert, health: "err" }]), 'its health is "err"'],
  [
    "a misspelt metric in a rule",
    seen({}, [recording, { ...alert, unknownMetrics: ["redis_upp"] }]),
    "no metric is called redis_upp",
  ],
])("%s: failed", (_, observation, words) => {
  const verdict = judge(observation);

  expect(verdict.status).toBe("failed");
  expect(verdict.evidence).toContain(words);
});

test.each<[string, Partial<PanelsObjective>]>([
  ["too few dashboards", { dashboardsMin: 2 }],
  ["too few panels", { panelsMin: 2 }],
  ["too few rules", { rulesMin: 3 }],
])("%s: unknown", (_, limits) => {
  expect(judge(seen(), limits).status).toBe("unknown");
});
