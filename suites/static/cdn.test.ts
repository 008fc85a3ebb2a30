/**
 * Claim: static files can be kept and shared by a CDN.
 * Method: ask for page, icon and assets as a shared cache does: validators, parts, encodings, as
 *   another visitor.
 * Oracle: facts: validators and Cache-Control on each, no cookie, nothing that differs by visitor.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("static files can be kept and shared by a CDN", async ({ probes, judge }) => {
  const seen = await probes.cdn();

  judge(on(facts, seen, slo.cdn));
});
