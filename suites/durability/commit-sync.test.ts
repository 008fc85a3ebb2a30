/**
 * Claim: a commit is on disk before it is acknowledged, whoever commits.
 * Method: commits one after the other, by the API's role and by the API; syncs counted by Postgres.
 * Oracle: as many syncs as commits; settings as the role has them; the volume under the data.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("a commit is on disk before it is acknowledged", async ({ probes, judge }) => {
  const seen = await probes.commitSync();

  judge(on(facts, seen, slo.commitSync));
});
