/**
 * Claim: sessions are resumed without tickets and early data, and never renegotiated by clients.
 * Method: whole handshakes by a TLS library: with a session of before, with other protocols above,
 * with the wish to negotiate again; what a session allows is read from its encoding.
 * Oracle: every fact against its limit.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("sessions are resumed, carry no early data and are not renegotiated", async ({
  probes,
  judge,
}) => {
  const seen = await probes.tlsSessions();

  judge(on(facts, seen, slo.tlsSessions));
});
