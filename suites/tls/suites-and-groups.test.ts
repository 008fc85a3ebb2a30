/**
 * Claim: exactly the suites and groups of the profile are accepted.
 * Method: weak families by name; all numbers at once, then all but the chosen one, until none is
 * left; each group alone. Whether the post-quantum group is expected, the gateway's OpenSSL decides.
 * Oracle: the exact sets; everything else refused with alert 40.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("exactly the suites and groups of the profile are accepted", async ({ probes, judge }) => {
  const seen = await probes.tlsSuites();

  judge(on(facts, seen, slo.tlsSuites));
});
