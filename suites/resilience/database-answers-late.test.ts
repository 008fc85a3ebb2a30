/**
 * Claim: a replica that hears its database late keeps nothing old for others.
 * Method: open-loop traffic that changes and reads the same missions; answers of Postgres to one replica are lost and sent again.
 * Oracle: availability of reads, creations and changes; duplicates; side effects; versions that were read.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("no request fails and no read is old while a replica hears Postgres late", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.databaseAnswersLate);

  judge(...onAll(history, underFault.databaseAnswersLate));
});
