import { expect, test } from "vitest";
import { alertMoment, lostReplica, monitoring } from "../hand-made-monitoring.ts";
import { fault, history } from "../hand-made.ts";
import type { AlertMoment, History } from "../records.ts";
import type { AlertingObjective } from "../slo.ts";
import { alerting } from "./alerting.ts";

const objective: AlertingObjective = {
  id: "P4.test",
  promise: "P4",
  title: "the loss of a replica becomes an alert that reaches people",
  limit: "pending, firing, delivered, resolved",
  reason: "for the test",
  alert: "ServerReplicaDown",
  blindMsMax: 5_000,
};
const { alerts } = monitoring();
const judge = (seen: History) => alerting.judge(seen, objective);
const seenWithout = (isGone: (moment: AlertMoment) => boolean) =>
  lostReplica({ alerts: alerts.filter((moment) => !isGone(moment)) });

test("an alert that goes all its way and ends passes, with the time of every step", () => {
  const verdict = judge(lostReplica());

  expect(verdict.status).toBe("passed");
  expect(verdict.measurements.map(({ name, value }) => [name, value])).toEqual([
    ["steps of the alert that are missing", 0],
    ["alert pending after", 2_500],
    ["alert firing after", 3_500],
    ["alert at Alertmanager after", 3_500],
    ["alert at the receiver after", 5_500],
    ["alert resolved at the receiver after", 3_000],
  ]);
});

test("observers that are looked at one after the other have no order among them", () => {
  const earlier = alerts.map((moment) =>
    moment.observer === "Alertmanager" && moment.state === "firing"
      ? { ...moment, atMs: 8_100 }
      : moment,
  );
  expect(judge(lostReplica({ alerts: earlier })).status).toBe("passed");
});

test.each<[string, History, string]>([
  ["nothing happens", lostReplica({ alerts: [] }), "did not become pending at Prometheus"],
  [
    "it never fires",
    seenWithout(({ state }) => state === "firing"),
    "did not become firing at Prometheus",
  ],
  [
    "it fires without having been pending",
    seenWithout(({ state }) => state === "pending"),
    "did not become pending",
  ],
  [
    "Alertmanager is not told",
    seenWithout(({ observer }) => observer === "Alertmanager"),
    "did not become firing at Alertmanager",
  ],
  [
    "the receiver is not told",
    seenWithout(({ observer }) => observer === "receiver"),
    "did not become firing at receiver",
  ],
  [
    "the receiver is told only after the fault",
    lostReplica({
      alerts: alerts.map((moment) =>
        moment.observer === "receiver" && moment.state === "firing"
          ? { ...moment, atMs: 11_100 }
          : moment,
      ),
    }),
    "did not become firing at receiver",
  ],
  [
    "it does not end at Prometheus",
    seenWithout(({ observer, state }) => observer === "Prometheus" && state === "resolved"),
    "is still firing at Prometheus",
  ],
  [
    "the receiver is not told of its end",
    seenWithout(({ observer, state }) => observer === "receiver" && state === "resolved"),
    "is still firing at receiver",
  ],
  [
    "it fired before the fault",
    lostReplica({ alerts: [alertMoment(1_000, "Prometheus", "firing"), ...alerts] }),
    "was firing at Prometheus before",
  ],
  [
    "another one fires in its place",
    lostReplica({ alerts: alerts.map((moment) => ({ ...moment, alert: "RedisDown" })) }),
    "did not become pending",
  ],
])("%s: failed", (_, seen, words) => {
  const verdict = judge(seen);

  expect(verdict.status).toBe("failed");
  expect(verdict.evidence).toContain(words);
});

test.each<[string, History]>([
  ["nobody watched", lostReplica({}, { monitoring: null })],
  ["no fault", history({ monitoring: monitoring() })],
  ["two faults", lostReplica({}, { faults: [fault(), fault({ name: "another" })] })],
  ["no proof", lostReplica({ alerts: [] }, { faults: [fault({ proofs: [] })] })],
  ["never healthy again", lostReplica({}, { faults: [fault({ healedAtMs: null })] })],
  ["blind", lostReplica({ watcher: { looks: 50, blindMs: 9_000, problems: ["timeout"] } })],
])("%s: unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});
