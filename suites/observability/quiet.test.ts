/**
 * Claim: no alert fires while the system works under load and nothing is wrong.
 * Method: five minutes of open-loop traffic.
 * Oracle: the series that Prometheus writes of its own alerts, over all that time.
 */
import { experiments, observability, on, quiet, test } from "../../fixtures/index.ts";

test("no alert fires during five minutes of load", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.quietTraffic);

  judge(on(quiet, history, observability.quietForLong));
});
