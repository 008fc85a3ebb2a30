/**
 * Claim: acknowledged missions survive a SIGKILL of Postgres while writes are in flight.
 * Method: writers through the gateway keep a ledger; the kill comes when acknowledgements are dense.
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

test("acknowledged missions survive a SIGKILL of Postgres with writes in flight", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.postgresKilled);

  judge(
    on(durability, history, slo.durabilityAcrossKill),
    on(sideEffects, history, underFault.postgresKill.sideEffects),
  );
});
