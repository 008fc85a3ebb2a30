/**
 * Claim: a read does not wait for a write on the same replica.
 * Method: open-loop reads and writes, some at one moment; each answer names its replica.
 * Oracle: pairs of reads, one sent while a write was under way on its replica, one at the same time
 *   without: the median of the ratios of their times.
 */
import { experiments, neighbours, on, slo, test } from "../../fixtures/index.ts";

test("a read does not wait for a write on the same replica", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.readsBesideWrites);

  judge(on(neighbours, history, slo.eventLoopFree));
});
