/**
 * Claim: lists cost one statement, indexes are used, and reads come from Redis.
 * Method: lists of one and of a hundred, of a rare state, events and repeated reads in a database of
 *   20,000 missions; Postgres counts statements, rows and pages, Redis counts hits.
 * Oracle: facts: what a hundred requests of each kind have cost, exactly.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("requests cost Postgres and Redis what they have to, and no more", async ({
  probes,
  judge,
}) => {
  const seen = await probes.stores();

  judge(on(facts, seen, slo.storesUsed));
});
