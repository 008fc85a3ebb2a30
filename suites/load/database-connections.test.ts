/**
 * Claim: each replica has database connections enough, and no more than its part.
 * Method: reads while changes on every replica wait for a locked row; bursts, during which Postgres
 *   counts the connections of the API.
 * Oracle: facts: reads that were not held up, connections at most.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("a slow statement holds nobody up, and connections are bounded", async ({ probes, judge }) => {
  const seen = await probes.databaseConnections();

  judge(on(facts, seen, slo.databaseConnections));
});
