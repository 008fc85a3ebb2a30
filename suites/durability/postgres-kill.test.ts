/**
 * Claim: acknowledged missions survive a SIGKILL of Postgres while writes are in flight.
 * Method: writers through the gateway keep a ledger; the kill comes when acknowledgements are dense.
 * Oracle: the ledger against Postgres itself, read past gateway, server and cache.
 */
import { durability, experiments, on, slo, test } from "../../fixtures/index.ts";

test("acknowledged missions survive a SIGKILL of Postgres with writes in flight", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.postgresKilled);

  judge(on(durability, history, slo.durabilityAcrossKill));
});
