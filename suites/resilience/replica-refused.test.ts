/**
 * Claim: an API replica that refuses the gateway costs no request and doubles no write.
 * Method: open-loop traffic; the replica's network answers the gateway's packets by resets, for no one else.
 * Oracle: availability, duplicates, and that nothing else restarts or breaks.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("no request fails while an API replica refuses the gateway", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.replicaRefused);

  judge(...onAll(history, underFault.replicaRefused));
});
