/**
 * Claim: a replica may die while another one is being restarted.
 * Method: open-loop traffic; rolling restart, and the SIGKILL of a second replica in the middle of it.
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

test("a kill in the middle of a rolling restart costs no request", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.killDuringRollingRestart);

  judge(
    on(availability, history, underFault.killDuringRollingRestart.availability),
    on(duplicates, history, underFault.killDuringRollingRestart.duplicates),
    on(sideEffects, history, underFault.killDuringRollingRestart.sideEffects),
  );
});
