import { AssertionError } from "node:assert";
import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "./events.ts";
import type { ExpectedClaim } from "./manifest.ts";
import { manifest as realManifest } from "./manifest.ts";
import type { ClaimState, Verdict, VerdictStatus } from "./records.ts";
import { allObjectives, type Objective } from "./slo.ts";
import { assertPassed, decide, InconclusiveError, ObjectiveMissedError } from "./verdict.ts";

const first = objectiveOf("VP-1.first");
const second = objectiveOf("SC-3.second");
const objectives = [first, second];
const manifest: readonly ExpectedClaim[] = [
  { claim: "load/one", objectives: [first.id], profiles: ["release", "nightly"] },
  { claim: "load/two", objectives: [second.id], profiles: ["release", "nightly"] },
  { claim: "load/three", objectives: ["CDN.third"], profiles: ["nightly"] },
];

function objectiveOf(id: string): Objective {
  const title = `the claim ${id} holds`;
  return { id, promise: id.slice(0, 4), title, limit: "0 errors", reason: "for the test" };
}

function verdict(objective: string, status: VerdictStatus, evidence = "1 of 2 seen"): Verdict {
  return { oracle: "test", objective, status, evidence, measurements: [], witnesses: [] };
}

interface RunShape {
  readonly one?: VerdictStatus | null;
  readonly two?: VerdictStatus | null;
  readonly claimOne?: ClaimState | null;
  readonly claims?: readonly string[];
  readonly extra?: readonly RunEventBody[];
  readonly census?: readonly string[] | null;
  readonly ended?: boolean;
}

const planned = ["load/one", "load/two"];

/** The events of a run of both claims; everything passed, unless told otherwise. */
function run(shape: RunShape = {}): readonly RunEvent[] {
  const { one = "passed", two = "passed", extra = [], census = [], ended = true } = shape;
  const claims = shape.claims ?? planned;
  const claimOne = shape.claimOne === undefined ? (one ?? "passed") : shape.claimOne;
  const start: RunEventBody = {
    type: "run-started",
    runId: "run-1",
    profile: "release",
    claims,
    command: "npm run validate",
    seed: 7,
    machine: { cpus: "2" },
    commit: null,
  };
  return [
    start,
    ...claimEvents("load/one", first.id, one, claimOne),
    ...(claims.includes("load/two") ? claimEvents("load/two", second.id, two, two) : []),
    ...extra,
    ...(census === null ? [] : [{ type: "census", leftovers: census } as const]),
    ...(ended ? [{ type: "run-ended", durationMs: 9_000 } as const] : []),
  ].map((body, index) => ({ at: `2026-11-23T02:00:${String(index).padStart(2, "0")}Z`, ...body }));
}

function claimEvents(
  claim: string,
  objective: string,
  status: VerdictStatus | null,
  state: ClaimState | null,
): readonly RunEventBody[] {
  return [
    { type: "claim-started", claim },
    ...(status === null
      ? []
      : [
          { type: "judged", claim, verdict: verdict(objective, status), record: "r.json" } as const,
        ]),
    ...(state === null
      ? []
      : [{ type: "claim-ended", claim, state, durationMs: 5, error: null } as const]),
  ];
}

const judge = (shape: RunShape, strict = false) =>
  decide(run(shape), { manifest, objectives, strict });

test("a full run in which everything passed is GO", () => {
  expect(judge({})).toMatchObject({
    schemaVersion: 2,
    runId: "run-1",
    scope: "full",
    verdict: "GO",
    exitCode: 0,
    decidedBy: [],
    headline: "all 2 criteria passed",
    finished: true,
    durationMs: 9_000,
    counts: { passed: 2, failed: 0, unknown: 0, "not-measured": 0, waived: 0 },
  });
});

/** Worst first: the product failed, the harness broke, something is open, all is well. */
function expectedOf(states: readonly (ClaimState | null)[]): readonly [string, number] {
  if (states.includes("failed")) return ["NO_GO", 1];
  if (states.includes("broken")) return ["INCONCLUSIVE", 3];
  return states.every((state) => state === "passed") ? ["GO", 0] : ["INCONCLUSIVE", 2];
}

const statuses = ["passed", "failed", "unknown", null] as const;
const pairs = statuses.flatMap((one) => statuses.map((two) => ({ one, two })));

test.each(pairs)("criteria $one and $two: only two passed ones are GO", ({ one, two }) => {
  const { verdict: decision, exitCode } = judge({ one, two });

  expect([decision, exitCode]).toEqual(expectedOf([one, two]));
});

const states = ["passed", "failed", "unknown", "broken", null] as const;
const endings = statuses.flatMap((one) => states.map((claimOne) => ({ one, claimOne })));

test.each(endings)("criterion $one in a claim that ended as $claimOne", ({ one, claimOne }) => {
  const { verdict: decision, exitCode } = judge({ one, claimOne });

  expect([decision, exitCode]).toEqual(expectedOf([one, claimOne]));
});

const harnessError: RunEventBody = { type: "harness-error", what: "the engine is gone" };
const warning: RunEventBody = { type: "warning", what: "the clock was set back" };
const cancelled = (signal: string): RunEventBody => ({ type: "cancelled", signal });

test.each<[string, RunShape, string, number, readonly string[]]>([
  ["a harness error", { extra: [harnessError] }, "INCONCLUSIVE", 3, ["harness"]],
  [
    "a failure and a harness error",
    { one: "failed", extra: [harnessError] },
    "NO_GO",
    1,
    [first.id],
  ],
  ["SIGINT", { extra: [cancelled("SIGINT")] }, "INCONCLUSIVE", 130, ["cancelled"]],
  ["SIGTERM", { extra: [cancelled("SIGTERM")] }, "INCONCLUSIVE", 143, ["cancelled"]],
  ["SIGHUP", { extra: [cancelled("SIGHUP")] }, "INCONCLUSIVE", 129, ["cancelled"]],
  ["a signal of another name", { extra: [cancelled("SIGX")] }, "INCONCLUSIVE", 2, ["cancelled"]],
  [
    "a failure before the cancellation",
    { one: "failed", extra: [cancelled("SIGINT")] },
    "NO_GO",
    1,
    [first.id],
  ],
  [
    "a harness error before the cancellation",
    { extra: [harnessError, cancelled("SIGINT")] },
    "INCONCLUSIVE",
    3,
    ["harness"],
  ],
  [
    "a harness error that the cancellation caused",
    { extra: [cancelled("SIGINT"), harnessError] },
    "INCONCLUSIVE",
    130,
    ["cancelled"],
  ],
  ["a container left behind", { census: ["container x"] }, "INCONCLUSIVE", 2, ["leftovers"]],
  ["leftovers that nobody counted", { census: null }, "INCONCLUSIVE", 2, ["leftovers"]],
  ["a failure and leftovers", { two: "failed", census: ["x"] }, "NO_GO", 1, [second.id]],
  ["a run without its end", { ended: false }, "INCONCLUSIVE", 2, ["not finished"]],
  ["a warning", { extra: [warning] }, "GO_WITH_WARNINGS", 0, ["warnings"]],
  ["a warning and an unknown", { one: "unknown", extra: [warning] }, "INCONCLUSIVE", 2, [first.id]],
])("%s decides", (_, shape, decision, exitCode, decidedBy) => {
  expect(judge(shape)).toMatchObject({ verdict: decision, exitCode, decidedBy });
});

test("strict makes a warning cost the exit code, and nothing else", () => {
  expect(judge({ extra: [warning] }, true)).toMatchObject({
    verdict: "GO_WITH_WARNINGS",
    exitCode: 1,
  });
  expect(judge({}, true).exitCode).toBe(0);
});

test("what was judged after a cancellation does not count", () => {
  const events = run({ one: null, claimOne: null, claims: planned, census: null, ended: false });
  const late = [
    cancelled("SIGINT"),
    { type: "judged", claim: "load/one", verdict: verdict(first.id, "failed"), record: "r" },
    { type: "claim-ended", claim: "load/one", state: "failed", durationMs: 1, error: "gone" },
  ] satisfies RunEventBody[];
  const all = [...events, ...late.map((body) => ({ at: "2026-11-23T02:01:00Z", ...body }))];

  expect(decide(all, { manifest, objectives })).toMatchObject({
    verdict: "INCONCLUSIVE",
    exitCode: 130,
  });
});

test("a failed judgement is never replaced, an unknown one is", () => {
  const again = (before: VerdictStatus, after: VerdictStatus) =>
    judge({
      one: before,
      claimOne: "passed",
      extra: [
        { type: "judged", claim: "load/one", verdict: verdict(first.id, after), record: "again" },
      ],
    });

  expect(again("failed", "passed").verdict).toBe("NO_GO");
  expect(again("unknown", "passed")).toMatchObject({
    verdict: "GO",
    criteria: [{ state: "passed", record: "again", judgedCount: 2 }, {}],
  });
  expect(again("passed", "unknown").verdict).toBe("INCONCLUSIVE");
  expect(again("passed", "failed").verdict).toBe("NO_GO");
});

test("a run of one suite is partial, judged over its claims and says what it left out", () => {
  const partial = judge({ claims: ["load/one"] });

  expect(partial).toMatchObject({
    scope: "partial",
    verdict: "GO",
    headline: "all 1 criteria passed",
  });
  expect(partial.criteria.map(({ id }) => id)).toEqual([first.id]);
  const left = partial.notClaimed.find(({ promise }) => promise === "SC-3");
  expect(left?.why).toBe("its claims are not part of this partial run");
});

test("promises without a claim are told and do not decide", () => {
  const { notClaimed, verdict: decision } = judge({});

  expect(decision).toBe("GO");
  expect(notClaimed.map(({ promise }) => promise)).not.toContain("VP-1");
  expect(notClaimed.find(({ promise }) => promise === "SC-2")?.why).toBe(
    "no claim about it exists yet",
  );
});

test("a promise whose claim only another profile runs says so", () => {
  const third = { ...first, id: "CDN.third", promise: "CDN" };

  const { notClaimed } = decide(run(), { manifest, objectives: [...objectives, third] });

  expect(notClaimed.find(({ promise }) => promise === "CDN")?.why).toBe(
    "its claims are not part of the profile release",
  );
});

test.each([
  ["no events", []],
  ["an empty plan", run({ claims: [], one: null, claimOne: null })],
  [
    "a claim that nobody planned or knows",
    run({ claims: ["load/nine"], one: null, claimOne: null }),
  ],
])("%s is never GO", (_, events) => {
  expect(decide(events, { manifest, objectives })).toMatchObject({
    verdict: "INCONCLUSIVE",
    exitCode: 2,
  });
});

test("a claim that passed without judging anything is no pass", () => {
  const silent = run({
    claims: ["load/one", "load/nine"],
    extra: [
      { type: "claim-started", claim: "load/nine" },
      { type: "claim-ended", claim: "load/nine", state: "passed", durationMs: 1, error: null },
    ],
  });

  expect(decide(silent, { manifest, objectives })).toMatchObject({
    verdict: "INCONCLUSIVE",
    decidedBy: ["load/nine"],
  });
});

test("a criterion that the manifest does not name decides all the same", () => {
  const surprise = (status: VerdictStatus) =>
    judge({
      extra: [
        { type: "judged", claim: "load/one", verdict: verdict("CDN.more", status), record: "r" },
      ],
    }).verdict;

  expect(surprise("passed")).toBe("GO");
  expect(surprise("failed")).toBe("NO_GO");
  expect(surprise("unknown")).toBe("INCONCLUSIVE");
});

test("a full run on a stack that was already up is GO with a warning, a partial one is GO", () => {
  const warm: RunEventBody = { type: "stack-started", durationMs: 1, warm: true };

  expect(judge({ extra: [warm] }).verdict).toBe("GO_WITH_WARNINGS");
  expect(judge({ extra: [warm], claims: ["load/one"], census: null }).verdict).toBe("GO");
  const local = run({ extra: [warm], census: null }).map((event) =>
    event.type === "run-started" ? { ...event, profile: "local" as const } : event,
  );
  const quick = manifest.map((claim) => ({ ...claim, profiles: ["local"] as const }));
  expect(decide(local, { manifest: quick.slice(0, 2), objectives })).toMatchObject({
    scope: "full",
    verdict: "GO",
  });
});

test("the moments of a fault are put together", () => {
  const moment = (name: "injected" | "effective" | "failed"): RunEventBody => ({
    type: "fault",
    claim: "load/one",
    fault: "kill server-1",
    target: "server-1",
    moment: name,
    atMs: 1,
    detail: "137",
  });

  expect(judge({ extra: [moment("injected"), moment("effective")] }).faults).toMatchObject([
    { target: "server-1", injectedAt: expect.any(String), effectiveAt: expect.any(String) },
  ]);
  expect(judge({ extra: [moment("injected"), moment("failed")] }).faults[0]?.failure).toBe("137");
  expect(judge({ extra: [moment("injected"), moment("injected")] }).faults).toHaveLength(2);
});

test("the real manifest asks more of a run than nothing", () => {
  const claims = realManifest.map(({ claim }) => claim);
  const start = run({ claims })[0];
  if (start === undefined) throw new Error("a run has a first event");

  const decided = decide([start]);

  expect(decided.scope).toBe("full");
  expect(decided.counts["not-measured"]).toBe(allObjectives.length);
  expect(decided.verdict).toBe("INCONCLUSIVE");
});

test("a missed objective is an assertion that opens with its title", () => {
  const missed = () => {
    assertPassed([verdict(first.id, "failed", "3 of 9 lost")], [first]);
  };

  expect(missed).toThrow(ObjectiveMissedError);
  expect(missed).toThrow(AssertionError);
  expect(missed).toThrow(expect.objectContaining({ name: "ObjectiveMissedError" }));
  expect(missed).toThrow(/^the claim VP-1\.first holds: seen 3 of 9 lost; allowed 0 errors/);
});

test("a missed objective tells the other open ones as well", () => {
  const judged = [verdict(first.id, "unknown", "no load"), verdict(second.id, "failed")];

  expect(() => {
    assertPassed(judged, objectives);
  }).toThrow(
    /^the claim SC-3\.second holds: seen[^]*\nthe claim VP-1\.first holds: unknown: no load/,
  );
});

test.each<[string, readonly Verdict[], readonly Objective[]]>([
  ["an unknown verdict", [verdict(first.id, "unknown")], [first]],
  ["no verdict", [], [first]],
  ["a verdict about something else", [verdict(second.id, "passed")], [first]],
  ["no objective", [verdict(first.id, "passed")], []],
])("%s is inconclusive", (_, judged, wanted) => {
  expect(() => {
    assertPassed(judged, wanted);
  }).toThrow(InconclusiveError);
});

test("an inconclusive error cannot be taken for a product failure", () => {
  const error = new InconclusiveError("the Assertion was never made");

  expect(error).not.toBeInstanceOf(AssertionError);
  expect(error.message).not.toMatch(/assert/i);
  expect(Object.keys(error)).not.toContain("actual");
});

test("passed verdicts end a claim quietly", () => {
  expect(() => {
    assertPassed(
      [verdict(first.id, "unknown"), verdict(first.id, "passed"), verdict(second.id, "passed")],
      objectives,
    );
  }).not.toThrow();
});

test("what a stack without a service cannot be asked for is told, and required by nobody", () => {
  const needy = { claim: "observability/grafana", objectives: ["P4.grafana"], needs: "grafana" };
  const wanted = [...manifest, { ...needy, profiles: ["release"] as const }];
  const grafana = { ...first, id: "P4.grafana", promise: "P4" };
  const image = { service: "gateway", reference: "hm/gateway:1", digest: "sha256:abc", bytes: 1 };
  const withImages = (...services: string[]) =>
    run({
      claims: [...planned, needy.claim],
      extra: [
        {
          type: "images",
          source: "airgap",
          images: services.map((service) => ({ ...image, service })),
        },
      ],
    });
  const decided = (...services: string[]) =>
    decide(withImages(...services), { manifest: wanted, objectives: [...objectives, grafana] });

  const without = decided("gateway");
  expect(without.verdict).toBe("GO");
  expect(without.headline).toBe(
    "2 of 3 criteria passed, 1 not measured, which is not required here",
  );
  expect(without.criteria.find(({ id }) => id === "P4.grafana")?.evidence).toMatch(
    /^not measured: this stack is without grafana/,
  );
  expect(decided("gateway", "grafana").verdict).toBe("INCONCLUSIVE");
  expect(decided().verdict).toBe("INCONCLUSIVE");
});

test("a run in which nothing was measured is no pass, whatever was required", () => {
  const claim = "observability/grafana";
  const needy = { claim, objectives: ["P4.grafana"], needs: "grafana" };
  const image = { service: "gateway", reference: "hm/gateway:1", digest: "sha256:abc", bytes: 1 };
  const [start, ...events] = run({
    extra: [{ type: "images", source: "airgap", images: [image] }],
  });
  const only = events.filter(
    ({ type }) => !["claim-started", "judged", "claim-ended"].includes(type),
  );
  const begun = start?.type === "run-started" ? [{ ...start, claims: [claim] }] : [];

  const decided = decide([...begun, ...only], {
    manifest: [{ ...needy, profiles: ["release"] }],
    objectives: [{ ...first, id: "P4.grafana", promise: "P4" }],
  });
  expect(decided.verdict).toBe("INCONCLUSIVE");
  expect(decided.decidedBy).toEqual(["nothing measured"]);
});

/** Why a run ended as it did, in the words of its report. */
function why(shape: RunShape, strict = false): string {
  const { decidedBy, headline } = judge(shape, strict);
  return [...decidedBy, headline].join(" | ");
}

const ended = (claim: string, state: ClaimState, error: string | null = null): RunEventBody => ({
  type: "claim-ended",
  claim,
  state,
  durationMs: 1,
  error,
});

test.each<[string, RunShape, string]>([
  ["nothing", {}, "all 2 criteria passed"],
  ["a failure", { one: "failed" }, "VP-1.first | the claim VP-1.first holds: 1 of 2 seen"],
  [
    "two failures",
    { one: "failed", two: "failed" },
    "VP-1.first | SC-3.second | the claim VP-1.first holds: 1 of 2 seen (and 1 more)",
  ],
  [
    "a claim that failed",
    { extra: [ended("load/nine", "failed", "boom")] },
    "load/nine | load/nine: boom",
  ],
  ["one without words", { extra: [ended("load/nine", "failed")] }, "load/nine | load/nine: failed"],
  [
    "a claim that broke",
    { extra: [ended("load/nine", "broken", "boom")] },
    "load/nine | the harness failed: load/nine: boom",
  ],
  [
    "one that broke mutely",
    { extra: [ended("load/nine", "broken")] },
    "load/nine | the harness failed: load/nine: broken",
  ],
  [
    "a harness error",
    { extra: [harnessError] },
    "harness | the harness failed: the engine is gone",
  ],
  [
    "SIGTERM",
    { extra: [cancelled("SIGTERM")] },
    "cancelled | cancelled by SIGTERM before everything was measured",
  ],
  [
    "an unknown criterion",
    { one: "unknown" },
    "VP-1.first | the claim VP-1.first holds: unknown, 1 of 2 seen",
  ],
  [
    "one that nobody judged",
    { one: null, claimOne: "unknown" },
    "VP-1.first | the claim VP-1.first holds: not measured, its claim ended as unknown without judging it",
  ],
  [
    "a claim that passed without judging what it has to",
    { one: null, claimOne: "passed" },
    "VP-1.first | load/one | the claim VP-1.first holds: not measured, its claim ended as passed " +
      "without judging it (and 1 more)",
  ],
  [
    "two that are open",
    { one: "unknown", two: "unknown" },
    "VP-1.first | SC-3.second | the claim VP-1.first holds: unknown, 1 of 2 seen (and 1 more)",
  ],
  [
    "a claim that ended as unknown",
    { extra: [ended("load/nine", "unknown", "busy")] },
    "load/nine | load/nine: unknown, busy",
  ],
  [
    "one without a reason",
    { extra: [ended("load/nine", "unknown")] },
    "load/nine | load/nine: unknown",
  ],
  [
    "a claim without judgement",
    { extra: [ended("load/nine", "passed")] },
    "load/nine | load/nine: passed without judging anything",
  ],
  [
    "leftovers",
    { census: ["container x", "network y"] },
    "leftovers | the run left behind container x, network y",
  ],
  [
    "leftovers that nobody counted",
    { census: null },
    "leftovers | nobody counted what the run left behind",
  ],
  [
    "a run without its end",
    { ended: false, census: null },
    "not finished | the run is not finished",
  ],
  ["a warning", { extra: [warning] }, "warnings | all 2 criteria passed; the clock was set back"],
  [
    "two warnings",
    { extra: [warning, { ...warning, what: "once more" }] },
    "warnings | all 2 criteria passed; the clock was set back (and 1 more)",
  ],
])("the reason of a run is told: %s", (_, shape, words) => {
  expect(why(shape)).toBe(words);
});

test("a stack that was kept on request leaves nothing to count, and says so", () => {
  const kept: RunEventBody = { type: "kept", stack: "hm-1" };
  const decided = judge({ extra: [kept], census: null });

  expect(decided).toMatchObject({ verdict: "GO_WITH_WARNINGS", harness: { kept: "hm-1" } });
  expect(decided.warnings).toEqual([
    "the stack hm-1 was kept on request, so nobody counted what the run left behind",
  ]);
  expect(judge({}).harness).toMatchObject({ kept: null, warnings: [], leftovers: [] });
});

test("a stack that was started for the run is no warning", () => {
  const cold: RunEventBody = { type: "stack-started", durationMs: 1, warm: false };

  expect(judge({ extra: [cold] })).toMatchObject({ verdict: "GO", stack: { warm: false } });
  expect(judge({ extra: [cold], census: null }).verdict).toBe("INCONCLUSIVE");
});

test("what is required may be another profile than the one of the run", () => {
  const third = { ...first, id: "CDN.third", promise: "CDN" };
  const options = { manifest, objectives: [...objectives, third] };
  const nightly = decide(run(), { ...options, expected: "nightly" });

  expect(nightly).toMatchObject({ verdict: "INCONCLUSIVE", decidedBy: ["CDN.third"] });
  expect(nightly.claims.map(({ claim }) => claim)).toEqual([...planned, "load/three"]);
  expect(decide(run(), { ...options, expected: "release" }).verdict).toBe("GO");
  expect(decide(run(), options).claims.map(({ claim }) => claim)).toEqual(planned);
});

test("events before the start and after it, to the last one, count", () => {
  const [start, ...events] = run({ ended: false });
  if (start === undefined) throw new Error("a run has a first event");
  const early = { at: start.at, ...warning };
  const last = { at: start.at, ...harnessError };

  expect(decide([early, start, ...events, last], { manifest, objectives })).toMatchObject({
    runId: "run-1",
    exitCode: 3,
    startedAt: start.at,
  });
});

test("without any event nothing is known, and every promise is open", () => {
  const nothing = decide([], { manifest, objectives });

  expect(nothing).toMatchObject({
    runId: "unknown",
    profile: null,
    startedAt: null,
    claims: [],
    criteria: [],
    headline: "the run is not finished (and 1 more)",
    machineClass: "unknown",
  });
  expect(nothing.notClaimed.find(({ promise }) => promise === "VP-1")?.why).toBe(
    "its claims are not part of the profile of this run",
  );
});

test("the message of a missed objective names it, its oracle and all others that are open", () => {
  const messageOf = (judged: readonly Verdict[]) => {
    try {
      assertPassed(judged, objectives);
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
    return "nothing was thrown";
  };

  expect(messageOf([verdict(first.id, "failed"), verdict(second.id, "passed")])).toBe(
    "the claim VP-1.first holds: seen 1 of 2 seen; allowed 0 errors (VP-1.first, oracle test)",
  );
  expect(messageOf([verdict(second.id, "failed")])).toBe(
    "the claim SC-3.second holds: seen 1 of 2 seen; allowed 0 errors (SC-3.second, oracle test)\n" +
      "the claim VP-1.first holds: not judged (VP-1.first)",
  );
  expect(messageOf([verdict(first.id, "unknown")])).toBe(
    "the claim VP-1.first holds: unknown: 1 of 2 seen (VP-1.first)\n" +
      "the claim SC-3.second holds: not judged (SC-3.second)",
  );
});
