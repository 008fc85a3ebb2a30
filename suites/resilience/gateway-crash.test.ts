/**
 * Claim: a crash of the one gateway is a short outage that ends without help.
 * Method: open-loop traffic; the main process dies inside its container; nobody starts it again.
 * Oracle: time until service is back, acknowledged writes against Postgres, restarts by the policy.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a crash of the gateway is a short outage and loses nothing", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.gatewayCrashed);

  judge(...onAll(history, underFault.gatewayCrash));
});
