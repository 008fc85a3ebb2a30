/**
 * Claim: replicas that come back with each other's address are found again.
 * Method: open-loop traffic; two replicas recreated so that their addresses are swapped.
 * Oracle: availability of every method, duplicates against Postgres, what else restarted or panicked.
 */
import {
  availability,
  duplicates,
  experiments,
  on,
  sideEffects,
  test,
  underFault,
} from "../../fixtures/index.ts";

test("recreated API replicas with swapped addresses cost no request", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.replicasRecreated);

  judge(
    on(availability, history, underFault.replicasRecreated.availability),
    on(duplicates, history, underFault.replicasRecreated.duplicates),
    on(sideEffects, history, underFault.replicasRecreated.sideEffects),
  );
});
