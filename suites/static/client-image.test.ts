/**
 * Claim: the client image is small and holds files only, which are compressed and cached.
 * Method: size by the engine, a search inside the container, each file asked for plain and gzipped.
 * Oracle: every fact against its limit; a search that did not find the page is unknown.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("the client image is small, and its files are compressed and cached", async ({
  probes,
  judge,
}) => {
  const seen = await probes.clientImage();

  judge(on(facts, seen, slo.clientImage));
});
