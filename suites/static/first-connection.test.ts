/**
 * Claim: who comes for the first time has the first byte soon, with all handshakes that this takes.
 * Method: visitors one after the other, each on a connection of its own without a session.
 * Oracle: facts: late first bytes, counted; every answer good and on a new connection.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("the first byte on a new connection comes soon", async ({ probes, judge }) => {
  const seen = await probes.firstConnections();

  judge(on(facts, seen, slo.firstConnections));
});
