/**
 * Claim: a frozen Postgres loses nothing, and requests give up before their clients do.
 * Method: open-loop reads and creations; Postgres is frozen for longer than a request may take; every
 *   replica is asked meanwhile whether it lives, and whether it can serve.
 * Oracle: the ledger against Postgres itself; time until all is well, and every answer until then;
 *   replicas that live on and say that they cannot serve.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("acknowledged missions survive a freeze of Postgres, and service is back soon", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.postgresPaused);

  judge(...onAll(history, underFault.postgresPause));
});
