/**
 * Claim: the migration script changes nothing, whichever of its steps fails.
 * Method: one provoked failure for each class of its exit codes, and a signal; at last a good run.
 * Oracle: exit code, target read and hashed before and after, databases left behind.
 */
import { migration, on, slo, test } from "../../fixtures/index.ts";

test("the migration script changes nothing, whichever of its steps fails", async ({
  probes,
  judge,
}) => {
  const seen = await probes.migrationFailures();

  judge(on(migration, seen, slo.migrationFailurePaths));
});
