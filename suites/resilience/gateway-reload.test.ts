/**
 * Claim: reloading the gateway costs no request.
 * Method: open-loop traffic; reloads one after the other, each while requests wait for a frozen replica.
 * Oracle: availability of every method, duplicates against Postgres, what else restarted or panicked.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a reload of the gateway costs no request", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.gatewayReloaded);

  judge(...onAll(history, underFault.gatewayReload));
});
