/**
 * Claim: files, reads and lists take little longer than what the gateway answers by itself.
 * Method: open-loop requests of all four kinds, each between the others.
 * Oracle: ratios of medians with their 99 % intervals, by a bootstrap over seconds.
 */
import { experiments, on, ratio, slo, test } from "../../fixtures/index.ts";

test("files, reads and lists cost little more than the gateway's own answers", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.interleaved);

  judge(
    on(ratio, history, slo.staticOverControl),
    on(ratio, history, slo.readOverControl),
    on(ratio, history, slo.listOverControl),
  );
});
