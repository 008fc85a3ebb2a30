/**
 * Claim: other scanners, where they are installed, see the same as our own probes.
 * Method: sslscan and the protocol tests of testssl.sh, told from what they print.
 * Oracle: the same versions and suites; a scanner that is not installed is reported as not run.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("other scanners see the same as our own probes", async ({ probes, judge }) => {
  const seen = await probes.tlsScanners();

  judge(on(facts, seen, slo.tlsScanners));
});
