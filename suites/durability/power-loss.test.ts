/**
 * Claim: acknowledged missions survive a loss of power while writes are in flight.
 * Method: writers keep a ledger; the disk under the data forgets all that was not synced.
 * Oracle: the ledger against Postgres itself, read past gateway, server and cache.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("acknowledged missions survive a loss of power with writes in flight", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.postgresLosesPower);

  judge(...onAll(history, underFault.powerLoss));
});
