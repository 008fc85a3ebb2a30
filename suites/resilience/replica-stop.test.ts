/**
 * Claim: stopping an API replica gracefully costs no request.
 * Method: open-loop traffic; the stop signal of the image, a pause, a start.
 * Oracle: availability of every method, duplicates against Postgres, what else restarted or panicked.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a graceful stop of an API replica costs no request", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.replicaStopped);

  judge(...onAll(history, underFault.replicaStop));
});
