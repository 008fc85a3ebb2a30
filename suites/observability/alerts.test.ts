/**
 * Claim: whatever may be lost has an alert, and none of them waits until it is too late.
 * Method: the rules that the running Prometheus has loaded, and what it was started with; an alert of
 *   each severity, over before anybody is told, that Alertmanager is asked about.
 * Oracle: facts: each alert of the runbooks is there, fires soon and is for somebody; weeks are
 *   remembered.
 */
import { facts, observability, on, test } from "../../fixtures/index.ts";

test("every alert is loaded and fires in time", async ({ probes, judge }) => {
  const seen = await probes.alerts();

  judge(on(facts, seen, observability.alerts));
});
