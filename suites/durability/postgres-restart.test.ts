/**
 * Claim: acknowledged missions survive a graceful restart of Postgres.
 * Method: writers through the gateway keep a ledger while Postgres is stopped and started.
 * Oracle: the ledger against Postgres itself, read past gateway, server and cache; side effects,
 *   because a lost connection that nobody listens to takes its replica with it.
 */
import {
  durability,
  experiments,
  on,
  sideEffects,
  slo,
  test,
  underFault,
} from "../../fixtures/index.ts";

test("acknowledged missions survive a graceful restart of Postgres", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.postgresRestarted);

  judge(
    on(durability, history, slo.durabilityAcrossRestart),
    on(sideEffects, history, underFault.postgresRestart.sideEffects),
  );
});
