/**
 * Claim: an API replica that crashes costs no request and comes back without help.
 * Method: open-loop traffic; the server process dies inside its container; nobody starts it again.
 * Oracle: availability, duplicates, time until all replicas do their part, restarts by the policy.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a crashed API replica costs no request and heals by itself", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.replicaCrashed);

  judge(...onAll(history, underFault.replicaCrash));
});
