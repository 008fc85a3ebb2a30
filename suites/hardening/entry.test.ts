/**
 * Claim: nobody enters Postgres or Redis without the right password, or does there what is not his.
 * Method: logins on the data network, of every role and to Redis, with a made-up password; statements
 *   of the API's role that the API never makes, each rolled back.
 * Oracle: facts: each is refused; the right passwords, as controls, are let in.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("nobody enters the stores without the right password", async ({ probes, judge }) => {
  const seen = await probes.entry();

  judge(on(facts, seen, slo.entry));
});
