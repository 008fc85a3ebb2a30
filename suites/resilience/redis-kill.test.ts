/**
 * Claim: a SIGKILL of Redis costs no request and shows nobody an old mission.
 * Method: open-loop traffic that changes and reads the same missions; Redis stays away for a while.
 * Oracle: availability of reads, creations and changes; duplicates; side effects; versions that were read.
 */
import {
  availability,
  duplicates,
  experiments,
  freshness,
  on,
  sideEffects,
  test,
  underFault,
} from "../../fixtures/index.ts";

test("no request fails and no read is old while Redis is killed and started again", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.redisKilled);

  judge(
    on(availability, history, underFault.redisKill.availability),
    on(duplicates, history, underFault.redisKill.duplicates),
    on(sideEffects, history, underFault.redisKill.sideEffects),
    on(freshness, history, underFault.redisKill.freshness),
  );
});
