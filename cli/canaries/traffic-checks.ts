/** The load generator of the suite against a small real site whose behaviour is known exactly. */

import { randomUUID } from "node:crypto";
import { history } from "../../reports/hand-made.ts";
import type { History } from "../../reports/records.ts";
import { slo } from "../../reports/slo.ts";
import { expectEqual, expectStatus, firstOf } from "./expectations.ts";
import type { Complaint } from "./expectations.ts";
import { MissionSite } from "./mission-site.ts";
import type { Treat } from "./mission-site.ts";
import type { SuiteSources } from "./sources.ts";

const plan = {
  ratePerSecond: 60,
  durationMs: 1_500,
  timeoutMs: 5_000,
  openRequestsMax: 400,
  mix: { "create mission": 0.5, "list missions": 0.25, "read mission": 0.25 },
};

/** A single request is enough: how many a busy machine records before a canary dies is luck. */
const objective = { ...slo.sustainedThroughput, sampleSizeMin: 1, ratePerSecondMin: 20 };

interface Load {
  readonly seen: History;
  readonly site: MissionSite;
}

/** @param meanwhile called once the load has begun */
async function underLoad<Result>(
  suite: SuiteSources,
  treat: Treat,
  use: (load: Load) => Promise<Result> | Result,
  meanwhile: (site: MissionSite) => void = () => undefined,
): Promise<Result> {
  const { Generator } = await suite.load("fixtures/traffic/generator.ts");
  await using site = await MissionSite.open(treat);
  const arrival = { kind: "open", plan } as const;
  await using generator = new Generator({
    arrival,
    target: site.target,
    keyPrefix: randomUUID(),
  });
  await generator.start();
  meanwhile(site);
  const { operations, health, durationMs } = await generator.result();
  // How punctual a busy machine was is no part of what is tried here.
  const { achievedRatePerSecond } = health;
  const onTime = { ...health, plannedRatePerSecond: achievedRatePerSecond, sendLagP99Ms: 0 };
  return await use({ seen: history({ operations, generator: onTime, durationMs }), site });
}

async function judgedErrors(suite: SuiteSources, seen: History) {
  const { errorFree } = await suite.load("reports/oracles/error-free.ts");
  return errorFree.judge(seen, objective);
}

async function aSoundSitePasses(suite: SuiteSources): Promise<Complaint> {
  return await underLoad(
    suite,
    () => "right",
    async ({ seen }) => expectStatus("a sound site", "passed", await judgedErrors(suite, seen)),
  );
}

/** @param bad what every tenth request meets */
async function everyTenthFails(
  suite: SuiteSources,
  bad: "refused with 500" | "an error page with 200",
): Promise<Complaint> {
  let dealt = 0;
  const treat: Treat = (_, number) => {
    if (number % 10 !== 9) return "right";
    dealt += 1;
    return bad;
  };
  return await underLoad(suite, treat, async ({ seen }) => {
    const counted = seen.operations.filter(({ outcome }) => outcome !== "ok").length;
    return firstOf(
      expectStatus(`every tenth answer is ${bad}`, "failed", await judgedErrors(suite, seen)),
      expectEqual("failures dealt and counted", dealt, counted),
    );
  });
}

const stallMs = 1_000;

/** Whoever waits for an answer before the next request sees one slow request in place of them all. */
async function aStallIsSeenWhole(suite: SuiteSources): Promise<Complaint> {
  const slowShareMin = 0.15;
  return await underLoad(
    suite,
    () => "right",
    ({ seen: { operations, generator } }) => {
      const slow = operations.filter(
        ({ intendedAtMs, endedAtMs }) => endedAtMs - intendedAtMs > stallMs / 4,
      );
      const share = slow.length / Math.max(1, operations.length);
      if (share >= slowShareMin) return null;
      return (
        `a site that stands still for ${stallMs} ms: expected ${slowShareMin * 100} % slow slots ` +
        `or more, saw ${slow.length} of ${operations.length} at ` +
        `${Math.round(generator.achievedRatePerSecond)} per second`
      );
    },
    (site) => site.stall(stallMs),
  );
}

async function unansweredWritesAreBoth(suite: SuiteSources): Promise<Complaint> {
  const { survivalOf } = await suite.load("reports/survival.ts");
  let writes = 0;
  const treat: Treat = (method) => {
    if (method !== "POST") return "right";
    writes += 1;
    if (writes === 5) return "stored and 504";
    return writes === 9 ? "not stored and 504" : "right";
  };
  return await underLoad(suite, treat, ({ seen, site }) => {
    const own = site.rows.filter(({ idempotencyKey }) => !idempotencyKey.startsWith("warm-up"));
    const { lost, phantom, recovered, absent } = survivalOf(seen.operations, own);
    const counts = { lost, phantom, recovered, absent };
    return expectEqual(
      "a 504 that landed, and one that did not",
      { lost: 0, phantom: 0, recovered: 1, absent: 1 },
      Object.fromEntries(Object.entries(counts).map(([name, keys]) => [name, keys.length])),
    );
  });
}

async function aStrangerIsRefused(suite: SuiteSources): Promise<Complaint> {
  const { Generator } = await suite.load("fixtures/traffic/generator.ts");
  await using site = await MissionSite.open();
  await using other = await MissionSite.open();
  const target = { ...site.target, authority: other.target.authority };
  const arrival = { kind: "open", plan } as const;
  await using generator = new Generator({ arrival, target, keyPrefix: randomUUID() });
  const seen = await generator.ready().then(
    () => "trusted",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (/SIGNATURE|CERT|SELF_SIGNED|UNABLE_TO/.test(seen)) return null;
  return `a certificate of another authority: expected a refusal by TLS, saw ${seen}`;
}

export const trafficChecks = {
  "a sound site passes": aSoundSitePasses,
  "each failure counts once": (suite) => everyTenthFails(suite, "refused with 500"),
  "an error page is an error": (suite) => everyTenthFails(suite, "an error page with 200"),
  "a stall is seen whole": aStallIsSeenWhole,
  "an unanswered write may be stored or not": unansweredWritesAreBoth,
  "a certificate of a stranger is refused": aStrangerIsRefused,
} as const satisfies Record<string, (suite: SuiteSources) => Promise<Complaint>>;
