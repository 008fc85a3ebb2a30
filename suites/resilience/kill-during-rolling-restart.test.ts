/**
 * Claim: a replica may die while another one is being restarted.
 * Method: open-loop traffic; rolling restart, and the SIGKILL of a second replica in the middle of it.
 * Oracle: availability of every method, duplicates against Postgres, what else restarted or panicked.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a kill in the middle of a rolling restart costs no request", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.killDuringRollingRestart);

  judge(...onAll(history, underFault.killDuringRollingRestart));
});
