/**
 * Claim: a frozen API replica costs time, but no request.
 * Method: open-loop traffic; all processes of one replica frozen for longer than the gateway waits.
 * Oracle: availability with the latency bound of a silent peer, duplicates, side effects.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a frozen API replica costs no request", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.replicaPaused);

  judge(...onAll(history, underFault.replicaPause));
});
