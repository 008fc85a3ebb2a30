/**
 * Claim: a SIGKILL of Redis costs no request and shows nobody an old mission.
 * Method: open-loop traffic that changes and reads the same missions; Redis stays away for a while.
 * Oracle: availability of reads, creations and changes; duplicates; side effects; versions that were read.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("no request fails and no read is old while Redis is killed and started again", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.redisKilled);

  judge(...onAll(history, underFault.redisKill));
});
