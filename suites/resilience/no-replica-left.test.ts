/**
 * Claim: while no API replica can be reached, the gateway's own answers are as safe as any other.
 * Method: packet filter rules reject the gateway at every replica; reads and writes of the API and
 *   the page are asked for in HTTP/1.1 and HTTP/2, and their headers read line by line.
 * Oracle: 502 as problem details and the page as ever, each header once with its exact value.
 */
import { on, securityHeaders, slo, test } from "../../fixtures/index.ts";

test("what the gateway answers without a replica carries the headers of every answer", async ({
  probes,
  judge,
}) => {
  const seen = await probes.headersWithoutReplicas();

  judge(on(securityHeaders, seen, slo.headersWithoutReplicas));
});
