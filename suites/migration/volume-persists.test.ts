/**
 * Claim: the volume of Postgres survives its containers.
 * Method: a scratch composition of the same file; its container recreated, then down and up again.
 * Oracle: the same cluster by its system identifier, every row read and hashed before and after.
 */
import { migration, on, slo, test } from "../../fixtures/index.ts";

test("the volume of Postgres survives its containers", async ({ probes, judge }) => {
  const seen = await probes.volume();

  judge(on(migration, seen, slo.volumePersists));
});
