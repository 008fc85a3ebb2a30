/**
 * Claim: Grafana, where it runs, reaches Prometheus, has every dashboard, and lets nobody in by a default.
 * Method: its HTTP API without a password, with the one that everybody knows, and with its own.
 * Oracle: facts: health, data source, refusals, and each dashboard that ships found in it.
 */
import { facts, observability, on, test } from "../../fixtures/index.ts";

test("Grafana shows every dashboard to those who know its password", async ({ probes, judge }) => {
  const seen = await probes.grafana();

  judge(on(facts, seen, observability.grafana));
});
