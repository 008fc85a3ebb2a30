/**
 * Claim: an API replica that the kernel kills for memory costs no request and comes back.
 * Method: open-loop traffic; a process inside fills the memory, the kernel kills the server; nobody helps.
 * Oracle: availability, duplicates, time until all replicas do their part, restarts by the policy.
 */
import { experiments, onAll, test, underFault } from "../../fixtures/index.ts";

test("a replica killed for memory costs no request and heals by itself", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.replicaOutOfMemory);

  judge(...onAll(history, underFault.replicaOutOfMemory));
});
