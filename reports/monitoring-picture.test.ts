import { expect, test } from "vitest";
import { lostReplica, monitoring } from "./hand-made-monitoring.ts";
import { fault, history } from "./hand-made.ts";
import { hostile } from "./hand-made-runs.ts";
import { monitoringPicture } from "./monitoring-picture.ts";

const series = [
  {
    title: "answers per second",
    query: "sum(rate(x[6s]))",
    lines: [
      {
        name: "Prometheus",
        samples: [
          [1_000, 90],
          [2_000, 100],
        ] as const,
      },
    ],
  },
];

test("what clients and what Prometheus saw stand over the same seconds, alerts at each observer", () => {
  const picture = monitoringPicture(lostReplica({ series })) ?? "";

  expect(picture).toContain("kill server-1");
  for (const words of ["clients", "Prometheus", "run, says the engine", "up, says Prometheus"]) {
    expect(picture).toContain(words);
  }
  expect(picture).toContain("ServerReplicaDown pending at Prometheus from 7.5 s on");
  expect(picture).toContain("ServerReplicaDown firing at receiver from 10.5 s on");
  expect(picture).not.toMatch(/NaN|Infinity|undefined/);
});

test("a history that nobody watched has no picture, one without alerts says so", () => {
  expect(monitoringPicture(history())).toBeNull();
  const silent = history({ monitoring: monitoring({ alerts: [], replicas: [], targets: [] }) });
  expect(monitoringPicture(silent)).toContain("no alert was pending or fired");
});

test("names from outside cannot break out of the picture", () => {
  const picture = monitoringPicture(lostReplica({}, { faults: [fault({ name: hostile })] })) ?? "";
  expect(picture).not.toContain("<script>");
});
