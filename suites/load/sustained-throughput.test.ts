/**
 * Claim: the API serves 100 requests per second without error, spread evenly over its replicas.
 * Method: open-loop reads and writes through the TLS gateway, no client retries.
 * Oracle: conservation of requests, errors by class, share of each replica.
 */
import { balance, errorFree, experiments, on, slo, test } from "../../fixtures/index.ts";

test("100 requests per second succeed and are spread over three replicas", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.sustainedTraffic);

  judge(on(errorFree, history, slo.sustainedThroughput), on(balance, history, slo.balance));
});
