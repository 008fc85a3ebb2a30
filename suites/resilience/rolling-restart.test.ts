/**
 * Claim: a deployment costs no request.
 * Method: open-loop traffic; all replicas restarted gracefully, one after the other.
 * Oracle: availability of every method, duplicates against Postgres, what else restarted or panicked.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a rolling restart of all API replicas costs no request", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.rollingRestart);

  judge(...onAll(history, underFault.rollingRestart));
});
