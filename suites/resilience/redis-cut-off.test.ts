/**
 * Claim: without a way to Redis no request fails and no read shows an old version.
 * Method: open-loop reads, writes and changes; packets to and from Redis vanish, its own health check not.
 * Oracle: availability of every method, duplicates, freshness of reads after changes, nothing else breaks.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("no request fails and no read is stale while packets to Redis vanish", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.redisCutOff);

  judge(...onAll(history, underFault.redisCutOff));
});
