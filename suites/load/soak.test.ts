/**
 * Claim: the API serves its traffic for minutes without error, and holds on to no memory.
 * Method: open-loop reads and writes at a constant rate; Prometheus watches each replica.
 * Oracle: conservation of requests and errors by class; facts: memory at the end beside that after
 *   warming up, by the lowest value of each stretch.
 */
import { errorFree, experiments, facts, on, slo, test } from "../../fixtures/index.ts";

test("minutes of traffic leave nothing behind", async ({ experiment, probes, judge }) => {
  const history = await experiment.run(experiments.soak);
  const memory = await probes.memoryGrowth(history);

  judge(on(errorFree, history, slo.soak), on(facts, memory, slo.memoryBounded));
});
