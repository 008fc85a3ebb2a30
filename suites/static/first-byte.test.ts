/**
 * Claim: static files answer with their first byte within 100 ms, idle and while the API works.
 * Method: open-loop requests for the page and its assets through the TLS gateway, twice.
 * Oracle: share of slow requests, bounded binomially.
 */
import { experiments, on, slo, slowShare, test } from "../../fixtures/index.ts";

test("static files answer within 100 ms on an idle system and under API load", async ({
  experiment,
  judge,
}) => {
  const idle = await experiment.run(experiments.staticAssetsIdle);
  const loaded = await experiment.run(experiments.staticAssetsUnderLoad);

  judge(
    on(slowShare, idle, slo.staticFirstByteIdle),
    on(slowShare, loaded, slo.staticFirstByteUnderLoad),
  );
});
