/**
 * Claim: a full disk loses nothing that was acknowledged, and service is back once there is room.
 * Method: open-loop reads and creations while the file system of the data has no free block.
 * Oracle: the ledger against Postgres itself; time until all is well, and every answer until then.
 */
import { durability, experiments, on, recovery, test, underFault } from "../../fixtures/index.ts";

test("acknowledged missions survive a full disk, and service is back soon", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.diskFull);

  judge(
    on(durability, history, underFault.diskFull.durability),
    on(recovery, history, underFault.diskFull.recovery),
  );
});
