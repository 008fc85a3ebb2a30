/**
 * Claim: the certificate is the right one, strong, valid for weeks to come, and its key is kept.
 * Method: the chain from the bytes of the handshake, parsed; clients with and without the authority;
 * the files on disk; a search for private keys in the installation and in containers.
 * Oracle: every fact of chain, leaf, clients and files against its limit.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("the certificate is the right one, strong, valid, and its key is kept", async ({
  probes,
  judge,
}) => {
  const seen = await probes.tlsCertificate();

  judge(on(facts, seen, slo.tlsCertificate));
});
