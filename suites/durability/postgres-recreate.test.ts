/**
 * Claim: acknowledged missions survive a new container of Postgres on the same volume.
 * Method: writers through the gateway keep a ledger while the container is removed and made anew.
 * Oracle: the ledger against Postgres itself, read past gateway, server and cache.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("acknowledged missions survive a new container of Postgres", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.postgresRecreated);

  judge(...onAll(history, underFault.postgresRecreate));
});
