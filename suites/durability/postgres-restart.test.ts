/**
 * Claim: acknowledged missions survive a graceful restart of Postgres.
 * Method: writers through the gateway keep a ledger while Postgres is stopped and started.
 * Oracle: the ledger against Postgres itself, read past gateway, server and cache.
 */
import { durability, experiments, on, slo, test } from "../../fixtures/index.ts";

test("acknowledged missions survive a graceful restart of Postgres", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.postgresRestarted);

  judge(on(durability, history, slo.durabilityAcrossRestart));
});
