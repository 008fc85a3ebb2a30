/**
 * Claim: every container runs with the least rights, reach and resources that it needs.
 * Method: the engine's inspection of each running container and its networks; `/proc/1/status`.
 * Oracle: every fact of every container against its pattern; what was not read is unknown.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("every container runs with the least that it needs", async ({ probes, judge }) => {
  const seen = await probes.containers();

  judge(on(facts, seen, slo.hardening));
});
