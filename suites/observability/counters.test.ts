/**
 * Claim: Prometheus counts what clients were answered, to the request, and raises no false alarm.
 * Method: open-loop traffic; counters read after a scrape before it and after a scrape behind it.
 * Oracle: counts by replica, method and status; alerts since the start of the stack.
 */
import { counters, experiments, observability, on, quiet, test } from "../../fixtures/index.ts";

test("Prometheus counts every request, and no alert fires", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.countedTraffic);

  judge(on(counters, history, observability.counters), on(quiet, history, observability.quiet));
});
