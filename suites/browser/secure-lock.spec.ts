/**
 * Claim: the browser shows the secure lock on every page, and holds the site to what it sends.
 * Method: every route in Chromium, with the run's authority alone added to its trust store; attacks
 * by inline script, altered script, frame and plain address; servers that must not get a lock.
 * Oracle: every fact of every page and attack; a control that goes wrong leaves it unknown.
 */
import { facts, on, slo, test, together } from "../../fixtures/browser.ts";

test("the browser shows the secure lock", async ({ lock, judge }) => {
  const controls = await lock.negativeControls();
  const seen = await lock.visit();

  judge(on(facts, together(controls, seen), slo.secureLock));
});
