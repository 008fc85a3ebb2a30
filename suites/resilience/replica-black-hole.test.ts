/**
 * Claim: a replica that the gateway's packets do not reach costs time and no request.
 * Method: open-loop traffic; packets between the gateway and one replica vanish, on open connections too.
 * Oracle: availability within the gateway's read timeout, duplicates, and that nothing else breaks.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("no request fails while packets to an API replica vanish", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.replicaBlackHole);

  judge(...onAll(history, underFault.replicaBlackHole));
});
