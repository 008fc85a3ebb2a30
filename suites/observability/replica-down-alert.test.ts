/**
 * Claim: the loss of a replica is seen by Prometheus, becomes an alert that reaches people, and ends.
 * Method: open-loop traffic; one replica killed, and dead until the receiver of alerts was told.
 * Oracle: 3, 2, 3 targets up; pending, firing and delivered while it is dead, resolved after it.
 */
import { alerting, experiments, observability, on, targets, test } from "../../fixtures/index.ts";

test("the loss of a replica is seen, told, and over when it is over", async ({
  experiment,
  judge,
}) => {
  const history = await experiment.run(experiments.replicaLost);

  judge(
    on(targets, history, observability.targets),
    on(alerting, history, observability.replicaDownAlert),
  );
});
