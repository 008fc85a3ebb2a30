/**
 * Claim: Prometheus scrapes every replica by its own address, and every other part.
 * Method: Prometheus's list of targets and its figures, beside the engine's record of addresses.
 * Oracle: facts: one target at the address of each replica, up, with that replica's own figures.
 */
import { facts, observability, on, test } from "../../fixtures/index.ts";

test("every replica is a target of its own, and every part is scraped", async ({
  probes,
  judge,
}) => {
  const seen = await probes.targets();

  judge(on(facts, seen, observability.everyTarget));
});
