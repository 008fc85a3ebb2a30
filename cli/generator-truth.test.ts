import { expect, test } from "vitest";
import { doubtAboutDelays } from "../reports/assumptions.ts";
import { history } from "../reports/hand-made.ts";
import { errorFree } from "../reports/oracles/error-free.ts";
import type { Operation } from "../reports/records.ts";
import { slo } from "../reports/slo.ts";
import { quantile } from "../reports/statistics.ts";
import { Generator } from "../fixtures/traffic/generator.ts";
import type { GeneratedLoad, LoadOrder } from "../fixtures/traffic/generator.ts";
import { KnownServer, loadKnownServer } from "../fixtures/traffic/known-server.ts";
import { starvedLoad } from "./bench/starvation.ts";

/** The generator against servers whose truth is known; each load lasts a second or two. */

const plan = { ratePerSecond: 200, durationMs: 1_000, timeoutMs: 3_000, openRequestsMax: 512 };
/** Of a machine that others keep busy, where threads alone take seconds to start. */
const timeout = 30_000;

function failures(operations: readonly Operation[]) {
  return operations.filter(({ outcome }) => outcome !== "ok");
}

/** How the promise of a sustained load is judged by what such a generator left. */
function judged({ operations, health, durationMs }: GeneratedLoad) {
  const anyCount = { sampleSizeMin: 1, ratePerSecondMin: 1 };
  const seen = history({ operations, generator: health, durationMs });
  return errorFree.judge(seen, { ...slo.sustainedThroughput, ...anyCount });
}

function orderFor({ target }: KnownServer, durationMs: number): LoadOrder {
  const load = { ...plan, durationMs, mix: { "known answer": 1 } };
  return { arrival: { kind: "open", plan: load }, target, keyPrefix: "known", warmUp: false };
}

test("what servers do wrong is counted exactly, each by its own class", { timeout }, async () => {
  await using truncation = await KnownServer.start("truncation");
  await using fin = await KnownServer.start("fin");
  await using hints = await KnownServer.start("early hints");
  await using dripped = await KnownServer.start("dripped");
  const servers = { truncation, fin, hints, dripped };
  const mix = { truncation: 0.25, fin: 0.25, hints: 0.25, dripped: 0.25 };
  const as = "known answer";
  await using generator = new Generator({
    arrival: { kind: "open", plan: { ...plan, ratePerSecond: 400, mix } },
    target: truncation.target,
    routes: Object.fromEntries(
      Object.entries(servers).map(([label, { target }]) => [label, { as, target }]),
    ),
    keyPrefix: "known",
    warmUp: false,
  });
  await generator.start();
  const { operations } = await generator.result();
  const of = (wanted: string) => operations.filter(({ label }) => label === wanted);
  const wrong = (label: string) => failures(of(label)).map(({ failureClass }) => failureClass);
  const firstBytes = [...of("hints"), ...of("dripped")].map(
    ({ intendedAtMs, firstByteAtMs }) => (firstByteAtMs ?? 0) - intendedAtMs,
  );

  expect(await truncation.counts()).toMatchObject({
    requests: of("truncation").length,
    harmed: wrong("truncation").length,
  });
  expect(await fin.counts()).toMatchObject({
    requests: of("fin").length,
    harmed: wrong("fin").length,
  });
  expect(wrong("truncation").length).toBeGreaterThan(8);
  expect(wrong("truncation").every((each) => each === "truncated")).toBe(true);
  expect(wrong("fin").length).toBeGreaterThan(8);
  expect(wrong("fin").every((each) => each?.startsWith("reset"))).toBe(true);
  expect([...wrong("hints"), ...wrong("dripped")]).toEqual([]);
  // A tick of the clock less than the 40 ms that every such answer takes.
  expect(Math.min(...firstBytes)).toBeGreaterThan(35);
});

test("more open requests than the cap are dropped", { timeout }, async () => {
  const stall = { fromMs: 0, durationMs: 800 };
  await using server = await KnownServer.start("stall", { stall });
  const { load, counts } = await loadKnownServer(server, { ...plan, openRequestsMax: 50 });
  const dropped = load.operations.filter(({ outcome }) => outcome === "dropped").length;
  expect(load.operations).toHaveLength(load.health.scheduledCount);
  expect(dropped).toBeGreaterThan(50);
  expect(counts.requests + dropped).toBe(load.health.scheduledCount);
  expect(judged(load).status).not.toBe("passed");
});

test("a generator that dies leaves nothing that could pass", { timeout }, async () => {
  await using server = await KnownServer.start("right");
  const generator = new Generator(orderFor(server, 20_000));
  await generator.start();
  await expect.poll(() => generator.operations().length, { timeout }).toBeGreaterThan(20);
  await generator[Symbol.asyncDispose]();
  const load = await generator.result();
  expect(failures(load.operations)).toEqual([]);
  expect(judged(load).evidence).toMatch(/did not finish its plan/);
  expect(judged(load).status).toBe("unknown");
});

test(
  "everybody who waits in a stall of the server is counted with all of it",
  { timeout },
  async () => {
    const stall = { fromMs: 500, durationMs: 1_500 };
    const durationMs = 3_000;
    await using server = await KnownServer.start("stall", { stall });
    const { load, counts } = await loadKnownServer(server, { ...plan, durationMs });
    const latencies = load.operations.map(
      ({ intendedAtMs, endedAtMs }) => endedAtMs - intendedAtMs,
    );
    // Arrivals are even, so a share x of all waits longer than the stall less x times the whole.
    const truthMs = stall.durationMs - 0.01 * durationMs;
    const error = Math.abs((quantile(latencies, 0.99) ?? 0) / truthMs - 1);
    expect(counts.requests).toBe(600);
    expect(failures(load.operations)).toEqual([]);
    // On a machine that is kept busy the generator says itself that it cannot be trusted.
    expect(doubtAboutDelays(load.health, truthMs) === null ? error : 0).toBeLessThan(0.1);
  },
);

test("a generator that gets no processor time says so", { timeout }, async () => {
  await using server = await KnownServer.start("right");
  const load = await starvedLoad(orderFor(server, 2_500), 1_500);
  expect(load.operations).toHaveLength(500);
  expect(judged(load).evidence).toMatch(/generator was starved|planned were 200/);
  expect(judged(load).status).toBe("unknown");
});
