/**
 * Claim: nobody enters Postgres or Redis without the right password.
 * Method: logins on the data network, of every role and to Redis, with a made-up password.
 * Oracle: facts: each is refused; the right passwords, as controls, are let in.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("nobody enters the stores without the right password", async ({ probes, judge }) => {
  const seen = await probes.entry();

  judge(on(facts, seen, slo.entry));
});
