import { expect, test } from "vitest";
import { alertMoment, lostReplica, monitoring } from "../hand-made-monitoring.ts";
import { fault, history } from "../hand-made.ts";
import type { AlertMoment, History } from "../records.ts";
import type { AlertingObjective } from "../slo.ts";
import { told } from "../told.ts";
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

test.each<[string, History, string]>([
  ["nobody watched", lostReplica({}, { monitoring: null }), "nobody watched the alerts"],
  [
    "no fault",
    history({ monitoring: monitoring() }),
    "0 faults are on record, an alert is judged by one",
  ],
  [
    "two faults",
    lostReplica({}, { faults: [fault(), fault({ name: "another" })] }),
    "2 faults are on record, an alert is judged by one",
  ],
  [
    "no proof",
    lostReplica({ alerts: [] }, { faults: [fault({ proofs: [] })] }),
    'it is not proved that "kill server-1" took effect on server-1: nobody looked',
  ],
  [
    "never healthy again",
    lostReplica({}, { faults: [fault({ healedAtMs: null })] }),
    'server-1 was not seen healthy after "kill server-1"',
  ],
  [
    "blind",
    lostReplica({ watcher: { looks: 50, blindMs: 9_000, problems: ["timeout"] } }),
    "the monitoring was not looked at for 9 s, allowed are 5 s: timeout",
  ],
])("%s: unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

const at = (change: (moment: AlertMoment) => number | null) =>
  judge(
    lostReplica({
      alerts: alerts.map((moment) => ({ ...moment, atMs: change(moment) ?? moment.atMs })),
    }),
  );
const isOf = (
  observer: AlertMoment["observer"],
  state: AlertMoment["state"],
  moment: AlertMoment,
) => moment.observer === observer && moment.state === state;

test("all steps are told as times and as witnesses, also where some are missing", () => {
  expect(told(judge(lostReplica()))).toEqual([
    'passed: ServerReplicaDown was pending 2.5 s, firing 3.5 s, at Alertmanager 3.5 s, at the receiver 5.5 s, resolved at the receiver 3 s after "kill server-1" and after its healing',
    "steps of the alert that are missing: 0 of 50; at most 0",
    "alert pending after: 2.5 s of 7",
    "alert firing after: 3.5 s of 7",
    "alert at Alertmanager after: 3.5 s of 7",
    "alert at the receiver after: 5.5 s of 7",
    "alert resolved at the receiver after: 3 s of 7",
    "witnesses: 7.5 s: Prometheus pending | 8.5 s: Prometheus firing | 8.5 s: Alertmanager firing | 10.5 s: receiver firing | 15 s: Prometheus resolved | 15.5 s: Alertmanager resolved | 16 s: receiver resolved",
  ]);
  const mute = judge(seenWithout(({ observer }) => observer === "receiver"));
  expect(told(mute)).toEqual([
    'failed: ServerReplicaDown did not become firing at receiver while "kill server-1" was held for 6 s; last it was firing at Alertmanager',
    "steps of the alert that are missing: 1 of 50; at most 0",
    "alert pending after: 2.5 s of 5",
    "alert firing after: 3.5 s of 5",
    "alert at Alertmanager after: 3.5 s of 5",
    "witnesses: 7.5 s: Prometheus pending | 8.5 s: Prometheus firing | 8.5 s: Alertmanager firing | 15 s: Prometheus resolved | 15.5 s: Alertmanager resolved",
  ]);
});

test("who is blind says so, with what was seen all the same", () => {
  const blind = { watcher: { looks: 50, blindMs: 9_000, problems: ["timeout"] }, alerts: [] };

  expect(told(judge(lostReplica(blind)))).toEqual([
    "unknown: the monitoring was not looked at for 9 s, allowed are 5 s: timeout",
    "steps of the alert that are missing: 1 of 50; at most 0",
  ]);
});

test("the moments of injection and of the end belong to the fault", () => {
  expect(at((moment) => (moment.state === "pending" ? 5_000 : null)).status).toBe("passed");
  expect(at((moment) => (moment.state === "pending" ? 4_999 : null)).evidence).toBe(
    'ServerReplicaDown was pending at Prometheus before "kill server-1"',
  );
  expect(at((moment) => (isOf("receiver", "firing", moment) ? 11_000 : null)).status).toBe(
    "passed",
  );
  expect(at((moment) => (moment.state === "resolved" ? 11_000 : null)).status).toBe("passed");
});

test("an alert must be pending before it fires, and end after the fault", () => {
  expect(at((moment) => (isOf("Prometheus", "firing", moment) ? 7_500 : null)).status).toBe(
    "passed",
  );
  expect(at((moment) => (isOf("Prometheus", "firing", moment) ? 7_400 : null)).evidence).toContain(
    "did not become firing at Prometheus",
  );
  expect(
    at((moment) => (isOf("Alertmanager", "resolved", moment) ? 10_900 : null)).evidence,
  ).toContain('is still resolved at Alertmanager after "kill server-1"');
});

test("an alert that ended before the fault is no early one", () => {
  const over = alertMoment(1_000, "receiver", "resolved");

  expect(judge(lostReplica({ alerts: [over, ...alerts] })).status).toBe("passed");
});

test("a fault that nobody undid lasts to the end of the record", () => {
  const kept = { faults: [fault({ recoveredAtMs: null })] };

  expect(judge(lostReplica({}, kept)).status).toBe("passed");
  const silent = judge(lostReplica({ alerts: [] }, kept));
  expect(silent.evidence).toContain('while "kill server-1" was held for 0 ms; last it was silent');
});

test("an alert that nobody resolved is told as never resolved", () => {
  const unhealed = { faults: [fault({ healedAtMs: null })] };

  expect(told(judge(lostReplica({}, unhealed))).slice(1)).toEqual([
    "steps of the alert that are missing: 0 of 50; at most 0",
    "alert pending after: 2.5 s of 7",
    "alert firing after: 3.5 s of 7",
    "alert at Alertmanager after: 3.5 s of 7",
    "alert at the receiver after: 5.5 s of 7",
    "witnesses: 7.5 s: Prometheus pending | 8.5 s: Prometheus firing | 8.5 s: Alertmanager firing | 10.5 s: receiver firing | 15 s: Prometheus resolved | 15.5 s: Alertmanager resolved | 16 s: receiver resolved",
  ]);
});
