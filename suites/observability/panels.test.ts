/**
 * Claim: every panel of every dashboard shows something, and every rule speaks of what exists.
 * Method: traffic first; then every query, read from the files that ship, asked of Prometheus itself.
 * Oracle: series with values in range; metrics and labels that exist; recording rules with values.
 */
import { experiments, observability, on, panels, test } from "../../fixtures/index.ts";

test("every panel returns series and every rule names what exists", async ({
  experiment,
  probes,
  judge,
}) => {
  await experiment.run(experiments.monitoredTraffic);
  const seen = await probes.panels();

  judge(on(panels, seen, observability.panels));
});
