/**
 * Claim: the first visit of a browser is quick, and its second one takes all files from its cache.
 * Method: new visitors in Chromium, each in a profile of its own: one visit with a few clicks, one
 *   more; the browser's own navigation timing, paints, layout shifts and event times.
 * Oracle: facts: the server's part, Web Vitals, files that were sent twice; a visit that did not come
 *   over the network is none.
 */
import { facts, on, slo, test } from "../../fixtures/browser.ts";

test("a first visit is quick, and a second one asks for next to nothing", async ({
  visits,
  judge,
}) => {
  const seen = await visits();

  judge(on(facts, seen, slo.firstVisit));
});
