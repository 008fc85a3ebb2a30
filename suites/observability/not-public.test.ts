/**
 * Claim: nobody outside gets to see the monitoring, and nobody enters it by a default.
 * Method: its paths and names asked of the gateway; its doors tried from elsewhere; Grafana's settings.
 * Oracle: facts: no answer speaks of it, published on loopback alone; the same asked inside as control.
 */
import { facts, observability, on, test } from "../../fixtures/index.ts";

test("the monitoring can be seen from this machine only", async ({ probes, judge }) => {
  const seen = await probes.notPublic();

  judge(on(facts, seen, observability.notPublic));
});
