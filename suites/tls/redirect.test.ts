/**
 * Claim: plain HTTP leads to HTTPS in one hop, foreign names lead nowhere, and browsers are bound.
 * Method: requests as text to both ports, with right, foreign, missing and doubled names; the
 *   headers of every class of answer.
 * Oracle: facts: one 308 to the same path; no foreign name reflected; HSTS on HTTPS and only there.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("plain HTTP leads to HTTPS in one hop, and every answer there binds to it", async ({
  probes,
  judge,
}) => {
  const seen = await probes.redirects();
  const binding = await probes.strictTransport();

  judge(on(facts, seen, slo.redirect), on(facts, binding, slo.strictTransport));
});
