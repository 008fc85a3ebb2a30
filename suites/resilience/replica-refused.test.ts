/**
 * Claim: an API replica that refuses the gateway costs no request and doubles no write.
 * Method: open-loop traffic; the replica's network answers the gateway's packets by resets, for no one else.
 * Oracle: availability, duplicates, and that nothing else restarts or breaks.
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

test("no request fails while an API replica refuses the gateway", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.replicaRefused);

  judge(
    on(availability, history, underFault.replicaRefused.availability),
    on(duplicates, history, underFault.replicaRefused.duplicates),
    on(sideEffects, history, underFault.replicaRefused.sideEffects),
  );
});
