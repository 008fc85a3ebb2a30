/**
 * Claim: twice as many requests as may wait are refused at once, and all is well again afterwards.
 * Method: open-loop reads go on while the table that they read is locked; nothing is answered, and
 *   nothing costs processor time.
 * Oracle: refusals and how soon they come; no other failure, nothing that hangs, nothing restarts.
 */
import { onAll, experiments, on, shedding, slo, test, underFault } from "../../fixtures/index.ts";

test("an overload is shed at once and leaves nothing behind", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.overloaded);

  judge(on(shedding, history, slo.shedding), ...onAll(history, underFault.overload));
});
