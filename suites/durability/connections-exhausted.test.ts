/**
 * Claim: an API without any database connection refuses quickly, loses nothing, and returns.
 * Method: open-loop traffic; every connection of its role is taken, those that it had included.
 * Oracle: the ledger against Postgres itself; time until all is well, and every answer until then.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("acknowledged missions survive the exhaustion of all connections, and service is back soon", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.connectionsExhausted);

  judge(...onAll(history, underFault.connectionsExhausted));
});
