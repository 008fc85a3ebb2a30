/**
 * Claim: a full disk loses nothing that was acknowledged, and service is back once there is room.
 * Method: open-loop reads and creations while the file system of the data has no free block.
 * Oracle: the ledger against Postgres itself; time until all is well, and every answer until then.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("acknowledged missions survive a full disk, and service is back soon", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.diskFull);

  judge(...onAll(history, underFault.diskFull));
});
