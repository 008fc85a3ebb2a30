/**
 * Claim: files and lists come compressed, and a second visit costs next to nothing.
 * Method: count the bytes of every file plain, compressed, and asked for again, and those of a list.
 * Oracle: facts: shares of the plain bytes, files that are kept unasked, bytes of those that are not.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("files and lists come compressed, and a second visit costs next to nothing", async ({
  probes,
  judge,
}) => {
  const seen = await probes.transfer();

  judge(on(facts, seen, slo.transfer));
});
