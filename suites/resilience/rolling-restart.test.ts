/**
 * Claim: a deployment costs no request.
 * Method: open-loop traffic; all replicas restarted gracefully, one after the other.
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

test("a rolling restart of all API replicas costs no request", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.rollingRestart);

  judge(
    on(availability, history, underFault.rollingRestart.availability),
    on(duplicates, history, underFault.rollingRestart.duplicates),
    on(sideEffects, history, underFault.rollingRestart.sideEffects),
  );
});
