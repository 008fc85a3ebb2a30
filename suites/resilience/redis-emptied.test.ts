/**
 * Claim: a Redis that loses all keys costs no request and shows nobody an old mission.
 * Method: open-loop traffic that changes and reads the same missions; FLUSHALL again and again.
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

test("no request fails and no read is old while Redis is emptied", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.redisEmptied);

  judge(
    on(availability, history, underFault.redisEmptied.availability),
    on(duplicates, history, underFault.redisEmptied.duplicates),
    on(sideEffects, history, underFault.redisEmptied.sideEffects),
    on(freshness, history, underFault.redisEmptied.freshness),
  );
});
