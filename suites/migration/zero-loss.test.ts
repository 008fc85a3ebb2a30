/**
 * Claim: the migration script moves every row of the development database, or changes nothing.
 * Method: a seeded development Postgres, a production one that holds rows; a refused run, a run whose
 * target is killed in mid-restore, then the move; all on volumes of their own.
 * Oracle: tables read column by column and hashed by the probe, facts, the next row of each sequence.
 */
import { migration, on, slo, test } from "../../fixtures/index.ts";

test("the migration script moves every row, or changes nothing", async ({ probes, judge }) => {
  const seen = await probes.migration();

  judge(on(migration, seen, slo.migrationZeroLoss));
});
