/**
 * Claim: replicas that come back on other addresses are found again, and nobody else is asked.
 * Method: open-loop traffic; two replicas recreated while strangers take their addresses.
 * Oracle: availability, duplicates, who answered, time until all replicas do their part.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("API replicas on other addresses cost no request and are found again", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.replicasRecreated);

  judge(...onAll(history, underFault.replicasRecreated));
});
