/**
 * Claim: every kind of client is spread evenly over the three replicas.
 * Method: 600 requests each by one connection, by many, with cookies kept, over several paths, and from
 *   several addresses; the replica's own header and the gateway's log tell who answered.
 * Oracle: facts: shares, repeats in a row, the worst path; header and log agree on every answer.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("every kind of client is spread evenly over three replicas", async ({ probes, judge }) => {
  const seen = await probes.balance();

  judge(on(facts, seen, slo.balanceOfAllClients));
});
