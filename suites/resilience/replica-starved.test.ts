/**
 * Claim: an API replica without processor time says no in time, doubles nothing, and recovers.
 * Method: open-loop traffic; the processor limit of one replica cut down to a fraction of its need.
 * Oracle: bounds on every answer, only refusals, time until all is good again, duplicates, side effects.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a starved API replica refuses in time and recovers", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.replicaStarved);

  judge(...onAll(history, underFault.replicaStarved));
});
