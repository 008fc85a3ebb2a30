/**
 * Claim: a read does not wait for a write on the same replica.
 * Method: open-loop reads and writes; each answer names its replica.
 * Oracle: median of reads that were sent while a write was under way there, over that of the others.
 */
import { experiments, neighbours, on, slo, test } from "../../fixtures/index.ts";

test("a read does not wait for a write on the same replica", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.readsBesideWrites);

  judge(on(neighbours, history, slo.eventLoopFree));
});
