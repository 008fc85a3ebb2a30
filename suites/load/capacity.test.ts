/**
 * Claim: the stack has a reserve above the promised rate, and loses nothing when it is used up.
 * Method: an open-loop load that rises step by step, then closed-loop clients at full speed.
 * Oracle: the highest rate served in time, conservation of requests, books against the gateway's log.
 */
import { capacity, experiments, facts, on, slo, test } from "../../fixtures/index.ts";

test("more than the promised rate can be had, and no request is lost", async ({
  experiment,
  probes,
  judge,
}) => {
  const rising = await experiment.run(experiments.risingTraffic);
  const saturated = await probes.saturation();

  judge(on(capacity, rising, slo.capacityCurve), on(facts, saturated, slo.saturation));
});
