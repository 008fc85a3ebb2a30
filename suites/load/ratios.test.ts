/**
 * Claim: cached reads and lists take little longer than static files.
 * Method: open-loop requests of all three kinds, each between the others.
 * Oracle: ratios of medians with their 99 % intervals, by a bootstrap over seconds.
 */
import { experiments, on, ratio, slo, test } from "../../fixtures/index.ts";

test("reads and lists cost little more than static files", async ({ experiment, judge }) => {
  const history = await experiment.run(experiments.interleaved);

  judge(on(ratio, history, slo.readOverFile), on(ratio, history, slo.listOverFile));
});
