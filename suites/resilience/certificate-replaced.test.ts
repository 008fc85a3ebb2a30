/**
 * Claim: replacing the certificate costs no request.
 * Method: open-loop traffic; another leaf of the same authority, then a reload; undone the same way.
 * Oracle: availability of every method, duplicates against Postgres, what else restarted or panicked.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a new certificate costs no request", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.certificateReplaced);

  judge(...onAll(history, underFault.certificateReplaced));
});
