/**
 * Claim: an API replica without processor time costs time and no request.
 * Method: open-loop traffic; the processor limit of one replica is cut down until the kernel throttles it.
 * Oracle: availability within the gateway's read timeout, duplicates, and that nothing else breaks.
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

test("no request fails while an API replica is starved of processor time", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.replicaStarved);

  judge(
    on(availability, history, underFault.replicaStarved.availability),
    on(duplicates, history, underFault.replicaStarved.duplicates),
    on(sideEffects, history, underFault.replicaStarved.sideEffects),
  );
});
