import { expect, test } from "vitest";
import { earlier, runEvents, type RunChanges } from "./hand-made-runs.ts";
import type { RunEvent } from "./events.ts";
import { headline } from "./headline.ts";
import { junitXml } from "./junit.ts";
import { observability, slo } from "./slo.ts";
import { decide, type DecideOptions } from "./verdict.ts";
import type { Waiver } from "./waivers.ts";

const { id } = slo.handshake;
const waiver: Waiver = {
  criterion: id,
  reason: "old scanners",
  owner: "the operators",
  expires: "2026-11-23",
};
const failed = { statuses: { [id]: "failed" } } as const;

function judge(changes: RunChanges = failed, options: DecideOptions = {}) {
  return decide(runEvents(changes), { waivers: [waiver], ...options });
}

test("a waived failure is GO with warnings, and told with its reason, owner and date", () => {
  const run = judge();

  expect(run).toMatchObject({
    verdict: "GO_WITH_WARNINGS",
    exitCode: 0,
    counts: { failed: 0, waived: 1 },
    waivers: [{ criterion: id, state: "used" }],
  });
  expect(run.criteria.find((criterion) => criterion.id === id)).toMatchObject({
    state: "waived",
    waiver,
  });
  expect(run.headline).toContain("is waived until 2026-11-23 by the operators (old scanners)");
  expect(headline(run).join("\n")).toContain(`  WAIV  ${id}`);
});

test("JUnit skips what is waived, criterion and claim", () => {
  const xml = junitXml(judge());

  expect(xml).not.toMatch(/<failure|<error/);
  expect(xml).toContain('skipped="2"');
  expect(xml).toContain("waived until 2026-11-23 by the operators (old scanners)");
});

test("strict: a warning costs the exit code 1, and so does a waiver", () => {
  expect(judge(failed, { strict: true }).exitCode).toBe(1);
  const events = runEvents({
    ...failed,
    extra: [{ type: "rules", strict: true, waivers: [waiver] }],
  });
  expect(decide(events)).toMatchObject({ verdict: "GO_WITH_WARNINGS", exitCode: 1, strict: true });
});

test("an expired waiver waives nothing and is told", () => {
  const run = judge(failed, { today: "2026-11-24" });

  expect(run).toMatchObject({ verdict: "NO_GO", exitCode: 1, decidedBy: [id] });
  expect(run.waivers).toMatchObject([{ state: "expired" }]);
  expect(run.warnings).toContain(`the waiver of ${id} expired on 2026-11-23`);
});

test("a waiver does not help another criterion, an unknown one, or one that was not measured", () => {
  expect(judge({ statuses: { [slo.balance.id]: "failed" } })).toMatchObject({
    verdict: "NO_GO",
    decidedBy: [slo.balance.id],
    waivers: [{ state: "not needed" }],
  });
  expect(judge({ statuses: { [id]: "unknown" } }).verdict).toBe("INCONCLUSIVE");
  expect(judge({ statuses: { [id]: null } }).verdict).toBe("INCONCLUSIVE");
});

test("a waiver hides no other failure of the same claim", () => {
  const statuses = { [id]: "failed", [slo.balance.id]: "failed" } as const;

  expect(judge({ statuses })).toMatchObject({ verdict: "NO_GO", decidedBy: [slo.balance.id] });
});

test("numbers stand beside those of the runs before", () => {
  const extra = [{ type: "earlier-runs", earlier: earlier(18) }] as const;
  const run = decide(runEvents({ extra }));

  expect(run.verdict).toBe("GO");
  expect(run.earlierRuns).toHaveLength(3);
  expect(run.criteria[0]).toMatchObject({
    earlierStates: ["passed", "passed", "passed"],
    deltas: [{ name: "latency, median", value: 20, median: 18, runs: 3, warning: null }],
    deciding: { name: "wrong", value: 0, limit: { value: 0 }, margin: 0, marginShare: null },
  });
  expect(headline(run).join("\n")).toContain("+11 % against 18 ms (median of 3 passed runs)");
});

test("a waiver that holds is no expired one", () => {
  expect(judge().warnings).toEqual([
    `${id} is waived until 2026-11-23 by the operators (old scanners); ` +
      `${slo.handshake.title}: 0 of 3,000 wrong`,
  ]);
  expect(judge().headline).toMatch(/^\d+ of \d+ criteria passed, 1 waived; /);
});

test("what is waived and what could not be measured here are told apart", () => {
  const run = judge({ statuses: { [id]: "failed", [observability.grafana.id]: null } });

  expect(run.headline).toMatch(
    /^\d+ of \d+ criteria passed, 1 waived, 1 not measured, which is not required here; /,
  );
});

test("a number that is far worse than before is told as a warning, and any other is not", () => {
  const slow = (event: RunEvent): RunEvent =>
    event.type === "judged" && event.verdict.objective === id
      ? {
          ...event,
          verdict: {
            ...event.verdict,
            measurements: [{ name: "latency, median", value: 200, unit: "ms", sampleSize: 3_000 }],
          },
        }
      : event;
  const extra = [{ type: "earlier-runs", earlier: earlier(18) }] as const;

  expect(decide(runEvents({ extra }).map(slow)).warnings).toEqual([
    "VP-2.handshake: latency, median 200 ms, more than 100 % worse than in the worst of the last 3 passed runs (19 ms)",
  ]);
});
