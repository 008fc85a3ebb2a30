/**
 * Claim: every class of answer carries the security headers exactly once.
 * Method: one request per class of answer, headers read line by line from the wire.
 * Oracle: exact values, no duplicate, nothing that tells versions.
 */
import { on, securityHeaders, slo, test } from "../../fixtures/index.ts";

test("every class of answer carries the security headers exactly once", async ({
  probes,
  judge,
}) => {
  const seen = await probes.headers();

  judge(on(securityHeaders, seen, slo.securityHeaders));
});
