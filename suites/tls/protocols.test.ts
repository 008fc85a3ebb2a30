/**
 * Claim: old versions of TLS are refused in words, and new ones cannot be talked down to them.
 * Method: ClientHellos of our own, one per connection, since no TLS library offers the old and odd.
 * Oracle: the server's first record: its alert by number, or its hello with what it took up.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("old versions are refused in words, and new ones cannot be talked down", async ({
  probes,
  judge,
}) => {
  const seen = await probes.tlsProtocols();

  judge(on(facts, seen, slo.tlsProtocols));
});
