import { expect, test } from "vitest";
import { panelQuery } from "../hand-made-monitoring.ts";
import type { PanelQuery, PanelsObservation, RuleSeen } from "../records.ts";
import { observability } from "../slo.ts";
import type { PanelsObjective } from "../slo.ts";
import { told } from "../told.ts";
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

test.each<[string, Partial<PanelsObjective>, string]>([
  ["too few dashboards", { dashboardsMin: 2 }, '1 of the kind "dashboard" seen, needed 2'],
  ["too few panels", { panelsMin: 2 }, '1 of the kind "panel query" seen, needed 2'],
  ["too few rules", { rulesMin: 3 }, '2 of the kind "rule" seen, needed 3'],
])("%s: unknown", (_, limits, evidence) => {
  expect(judge(seen(), limits)).toMatchObject({ status: "unknown", evidence });
});

test("queries, values and flaws are counted, and of several flaws the first is told", () => {
  const lines = [
    {
      name: "a",
      samples: [
        [0, 1.06],
        [5, -0.01],
        [10, 1],
      ] as const,
    },
    { name: "b", samples: [[0, 2]] as const },
  ];
  const second = panelQuery({ panel: "Latency", unit: "", max: 3, problem: "timeout", lines: [] });
  const sick = { ...seen({ lines }), panels: [panelQuery({ lines }), second] };

  expect(told(judge(seen()))).toEqual([
    "passed: 1 query of 1 dashboard return 2 values in range, 2 rules work",
    "flaws of panels and rules: 0 of 3; at most 0",
    "panel queries: 1 of 1",
    "rules: 2 of 2",
  ]);
  expect(told(judge(sick))).toEqual([
    'failed: panel "Errors" of Overview, job:http_errors:ratio_rate1m: 1.06 and 2 more values in percentunit, allowed is 0 to 1.05, and 1 more',
    "flaws of panels and rules: 2 of 4; at most 0",
    "panel queries: 2 of 1",
    "rules: 2 of 2",
    'witnesses: panel "Errors" of Overview, job:http_errors:ratio_rate1m: 1.06 and 2 more values in percentunit, allowed is 0 to 1.05 | panel "Latency" of Overview, job:http_errors:ratio_rate1m: refused, timeout',
  ]);
});

test.each<[string, Partial<PanelQuery>, boolean]>([
  ["the least of its unit", { unit: "short", lines: [{ name: "a", samples: [[0, 0]] }] }, true],
  ["less than that", { unit: "short", lines: [{ name: "a", samples: [[0, -0.1]] }] }, false],
  ["the most of its unit", { unit: "percent", lines: [{ name: "a", samples: [[0, 100]] }] }, true],
  ["more than that", { unit: "percent", lines: [{ name: "a", samples: [[0, 100.1]] }] }, false],
  ["the panel's own most", { max: 0.25 }, true],
  ["more than the panel's own most", { max: 0.24 }, false],
  [
    "less than the panel grants its unit",
    { unit: "short", min: -1, lines: [{ name: "a", samples: [[0, -1]] }] },
    true,
  ],
  [
    "any number of no unit",
    {
      unit: "none",
      lines: [
        {
          name: "a",
          samples: [
            [0, -1e9],
            [1, 1e9],
          ],
        },
      ],
    },
    true,
  ],
])("%s is in range: %s %s", (_, change, isInRange) => {
  expect(judge(seen(change)).status).toBe(isInRange ? "passed" : "failed");
});

test("as many dashboards, queries and rules as are needed are enough", () => {
  expect(judge(seen(), { dashboardsMin: 1, panelsMin: 1, rulesMin: 2 }).status).toBe("passed");
});
