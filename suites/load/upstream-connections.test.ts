/**
 * Claim: the gateway keeps its connections to the replicas.
 * Method: many requests, and what the kernel of each replica counted as accepted meanwhile.
 * Oracle: facts: connections for a thousand answers, at each replica.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("the gateway keeps its connections to the replicas", async ({ probes, judge }) => {
  const seen = await probes.upstreamConnections();

  judge(on(facts, seen, slo.upstreamConnections));
});
