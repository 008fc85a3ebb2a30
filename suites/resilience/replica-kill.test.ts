/**
 * Claim: killing an API replica costs no request, doubles no write, and heals.
 * Method: open-loop reads and writes; SIGKILL one replica after the other with requests in flight.
 * Oracle: availability of every method, duplicates against Postgres, the replica back in rotation.
 */
import {
  availability,
  duplicates,
  experiments,
  on,
  rotation,
  sideEffects,
  slo,
  test,
  underFault,
} from "../../fixtures/index.ts";

test("no request fails while one of three API replicas is killed", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.replicaKilled);

  judge(
    on(availability, history, slo.availabilityWhileReplicaKilled),
    on(duplicates, history, slo.duplicatesWhileReplicaKilled),
    on(rotation, history, slo.replicaBackInRotation),
    on(sideEffects, history, underFault.replicaKill.sideEffects),
  );
});
