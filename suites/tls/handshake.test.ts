/**
 * Claim: the gateway speaks TLS 1.2 and 1.3 only, with a certificate that verifies.
 * Method: offer each protocol version alone; the old ones as raw bytes, which no client refuses.
 * Oracle: accepted and refused versions, the alert of the refusal, the verified chain.
 */
import { handshake, on, slo, test } from "../../fixtures/index.ts";

test("the gateway speaks TLS 1.2 and 1.3 only", async ({ probes, judge }) => {
  const seen = await probes.handshakes();

  judge(on(handshake, seen, slo.handshake));
});
