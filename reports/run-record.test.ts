import { expect, test } from "vitest";
import { timelineOptionsFor } from "./run-record.ts";
import { slo, underFault } from "./slo.ts";

test("a first byte is drawn for its label, any other answer for all", () => {
  expect(timelineOptionsFor([slo.staticFirstByteIdle.id])).toEqual({
    latency: "first byte",
    limitMs: 100,
    label: "static asset",
    recovery: null,
  });
  expect(timelineOptionsFor([slo.availabilityWhileReplicaKilled.id])).toMatchObject({
    latency: "whole answer",
    limitMs: 1_000,
  });
});

test("where no answer has a limit but the worst one, that is drawn, with when all must be back", () => {
  const { since, serviceMsMax, answerMsMax } = underFault.connectionsExhausted.recovery;

  expect(timelineOptionsFor([underFault.connectionsExhausted.recovery.id])).toMatchObject({
    limitMs: answerMsMax,
    recovery: { since, serviceMsMax, capacityMsMax: null },
  });
});

test("the limit of availability goes before that of recovery, and the times are kept", () => {
  const { availability, recovery } = underFault.replicaCrash;
  const { since, serviceMsMax, capacityMsMax } = recovery;

  expect(timelineOptionsFor([recovery.id, availability.id])).toMatchObject({
    limitMs: availability.latencyMsMax,
    recovery: { since, serviceMsMax, capacityMsMax },
  });
});

test("an objective without a time draws no limit", () => {
  expect(timelineOptionsFor([slo.durabilityAcrossKill.id, "unknown"])).toEqual({ recovery: null });
});
