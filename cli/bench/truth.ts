/** The generator against servers whose behaviour is known: what it says beside what is true. */

import { doubtAboutDelays, doubtAboutGenerator } from "../../reports/assumptions.ts";
import { formatDuration } from "../../reports/format.ts";
import type { Operation } from "../../reports/records.ts";
import { quantile } from "../../reports/statistics.ts";
import { Generator } from "../../fixtures/traffic/generator.ts";
import type { GeneratedLoad, LoadOrder } from "../../fixtures/traffic/generator.ts";
import type { KnownBehaviour } from "../../fixtures/traffic/known-behaviour.ts";
import { KnownServer, loadKnownServer } from "../../fixtures/traffic/known-server.ts";
import { starvedLoad } from "./starvation.ts";

/** One behaviour with what was seen of it; `null` where the generator itself says it cannot know. */
export interface Truth {
  readonly behaviour: string;
  readonly reported: string;
  readonly truth: string;
  readonly isRight: boolean | null;
}

const plan = { ratePerSecond: 200, timeoutMs: 5_000, openRequestsMax: 1_024 };
const errorShareMax = 0.1;
const answerMs = 40;
/** A timer may fire a tick early. */
const tickMs = 2;

function latenciesOf(operations: readonly Operation[]): number[] {
  return operations.map(({ intendedAtMs, endedAtMs }) => endedAtMs - intendedAtMs);
}

/** Of even arrivals a share x waits longer than the stall less x times the whole. */
async function stall(): Promise<readonly Truth[]> {
  const durationMs = 8_000;
  const stallMs = 2_000;
  await using server = await KnownServer.start("stall", {
    stall: { fromMs: 3_000, durationMs: stallMs },
  });
  const { load } = await loadKnownServer(server, { ...plan, durationMs });
  const latencies = latenciesOf(load.operations);
  return [0.9, 0.99].map((share) => {
    const truthMs = stallMs - (1 - share) * durationMs;
    const seenMs = quantile(latencies, share) ?? 0;
    const isKnown = doubtAboutDelays(load.health, truthMs) === null;
    return {
      behaviour: `stall of 2 s in 8 s, ${share * 100} % within`,
      reported: `${formatDuration(seenMs)} (ratio ${(seenMs / truthMs).toFixed(3)})`,
      truth: formatDuration(truthMs),
      isRight: isKnown ? Math.abs(seenMs / truthMs - 1) <= errorShareMax : null,
    };
  });
}

async function counted(behaviour: KnownBehaviour, words: string): Promise<readonly Truth[]> {
  await using server = await KnownServer.start(behaviour);
  const { load, counts } = await loadKnownServer(server, { ...plan, durationMs: 5_000 });
  const failed = load.operations.filter(({ outcome }) => outcome !== "ok");
  const classes = [...new Set(failed.map(({ failureClass }) => failureClass))].join(", ");
  return [
    {
      behaviour: words,
      reported: `${failed.length} of ${load.operations.length}, ${classes}`,
      truth: `${counts.harmed} of ${counts.requests}`,
      isRight: failed.length === counts.harmed && load.operations.length === counts.requests,
    },
  ];
}

async function firstBytes(behaviour: KnownBehaviour): Promise<readonly Truth[]> {
  await using server = await KnownServer.start(behaviour, { answerMs });
  const { load } = await loadKnownServer(server, { ...plan, durationMs: 3_000 });
  const times = load.operations.map(
    ({ intendedAtMs, firstByteAtMs }) => (firstByteAtMs ?? 0) - intendedAtMs,
  );
  const fastestMs = quantile(times, 0) ?? 0;
  return [
    {
      behaviour: `${behaviour}, fastest final headers`,
      reported: formatDuration(fastestMs),
      truth: `${formatDuration(answerMs)} or more`,
      isRight: fastestMs >= answerMs - tickMs,
    },
  ];
}

function orderFor({ target }: KnownServer, durationMs: number): LoadOrder {
  const load = { ...plan, durationMs, mix: { "known answer": 1 } };
  return { arrival: { kind: "open", plan: load }, target, keyPrefix: "bench", warmUp: false };
}

function selfKnowledge(behaviour: string, { health }: GeneratedLoad): readonly Truth[] {
  const doubt = doubtAboutGenerator(health);
  return [
    {
      behaviour,
      reported: doubt === null ? "nothing" : `unknown: ${doubt}`,
      truth: "unknown",
      isRight: doubt !== null,
    },
  ];
}

async function dead(): Promise<readonly Truth[]> {
  await using server = await KnownServer.start("right");
  const generator = new Generator(orderFor(server, 20_000));
  await generator.start();
  await generator[Symbol.asyncDispose]();
  return selfKnowledge("a generator that dies", await generator.result());
}

async function starved(): Promise<readonly Truth[]> {
  await using server = await KnownServer.start("right");
  const load = await starvedLoad(orderFor(server, 2_500), 1_500);
  return selfKnowledge("a generator that is stopped for 1.5 s", load);
}

/** One after the other, about half a minute in all. */
export async function generatorAgainstTruth(): Promise<readonly Truth[]> {
  return [
    ...(await stall()),
    ...(await counted("fin", "10 % closed in place of an answer")),
    ...(await counted("truncation", "10 % of the bodies cut short")),
    ...(await firstBytes("early hints")),
    ...(await firstBytes("dripped")),
    ...(await dead()),
    ...(await starved()),
  ];
}
