/**
 * Claim: while no API replica can be reached, the gateway's own answers are as safe as any other, and
 *   it does not call itself well.
 * Method: packet filter rules reject the gateway at every replica; reads and writes of the API and
 *   the page are asked for in HTTP/1.1 and HTTP/2, and their headers read line by line; the
 *   gateway's health check is run before and meanwhile.
 * Oracle: 502 as problem details and the page as ever, each header once with its exact value; a
 *   check that fails.
 */
import { facts, on, securityHeaders, slo, test } from "../../fixtures/index.ts";

test("a gateway without a replica answers safely and does not call itself well", async ({
  probes,
  judge,
}) => {
  const { transport, health } = await probes.withoutReplicas();

  judge(
    on(securityHeaders, transport, slo.headersWithoutReplicas),
    on(facts, health, slo.gatewayHealth),
  );
});
