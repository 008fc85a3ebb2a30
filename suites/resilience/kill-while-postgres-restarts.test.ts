/**
 * Claim: service returns and nothing is lost when a replica dies while Postgres restarts.
 * Method: open-loop reads and creations; SIGKILL of a replica, then a fast shutdown of Postgres.
 * Oracle: time until all is well and what clients saw until then; durability; side effects.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("service is back soon after a replica was killed while Postgres restarted", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.killWhilePostgresRestarts);

  judge(...onAll(history, underFault.killWhilePostgresRestarts));
});
