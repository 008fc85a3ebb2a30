/**
 * Claim: a replica that comes back with another address is scraped there.
 * Method: open-loop traffic; one replica made anew before the old one goes.
 * Oracle: 3 targets up before and after, each at the address that the engine gives it, one new.
 */
import { experiments, observability, on, targets, test } from "../../fixtures/index.ts";

test("a replica with a new address is scraped at it", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.replicaReplaced);

  judge(on(targets, history, observability.recreated));
});
