import { doubtAboutFaults, doubtAboutRecovery, verdictsOf } from "../assumptions.ts";
import { formatDuration } from "../format.ts";
import { atMost } from "../measure.ts";
import { doubtAboutWatcher } from "../monitoring-moments.ts";
import type {
  AlertMoment,
  AlertObserver,
  AlertState,
  FaultWindow,
  History,
  Measurement,
} from "../records.ts";
import type { AlertingObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "alerting";

/** The way of an alert, in its order. */
const wayUp = [
  ["Prometheus", "pending"],
  ["Prometheus", "firing"],
  ["Alertmanager", "firing"],
  ["receiver", "firing"],
] as const satisfies readonly (readonly [AlertObserver, AlertState])[];
const wayDown: readonly AlertObserver[] = ["Prometheus", "Alertmanager", "receiver"];

/**
 * Judges one alert around one fault: silent before it; pending, then firing at Prometheus, then at
 * Alertmanager and at whoever is told, all while the fault lasts; and resolved at all three after it.
 *
 * A step that is missing fails; a doubt about the watcher, the fault or the recovery is unknown.
 */
export const alerting: Oracle<History, AlertingObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const { monitoring } = history;
    if (monitoring === null) return verdict.unknown({ evidence: "nobody watched the alerts" });
    const [fault, ...others] = history.faults;
    if (fault === undefined || others.length > 0) {
      const evidence = `${history.faults.length} faults are on record, an alert is judged by one`;
      return verdict.unknown({ evidence });
    }
    const doubt =
      doubtAboutWatcher(monitoring.watcher, objective.blindMsMax) ??
      doubtAboutFaults(history) ??
      doubtAboutRecovery(history);
    const moments = monitoring.alerts.filter(({ alert }) => alert === objective.alert);
    const flaws = flawsOf(moments, fault, objective.alert);
    const finding = {
      evidence: flaws[0] ?? inWords(moments, fault, objective.alert),
      measurements: [
        {
          name: "steps of the alert that are missing",
          value: flaws.length,
          unit: "",
          sampleSize: monitoring.watcher.looks,
          limit: atMost(0),
        },
        ...measurementsOf(moments, fault),
      ],
      witnesses: moments.map(
        ({ atMs, observer, state }) => `${formatDuration(atMs)}: ${observer} ${state}`,
      ),
    };
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return flaws.length > 0 ? verdict.failed(finding) : verdict.passed(finding);
  },
};

function flawsOf(
  moments: readonly AlertMoment[],
  fault: FaultWindow,
  alert: string,
): readonly string[] {
  const early = moments.find(
    ({ atMs, state }) => state !== "resolved" && atMs < fault.injectedAtMs,
  );
  if (early !== undefined) {
    return [`${alert} was ${early.state} at ${early.observer} before "${fault.name}"`];
  }
  const stop = missingStep(moments, fault, alert);
  return stop === null ? notResolved(moments, fault, alert) : [stop];
}

/** The first step that was not seen while the fault lasted, with the last one that was. */
function missingStep(
  moments: readonly AlertMoment[],
  fault: FaultWindow,
  alert: string,
): string | null {
  const untilMs = fault.recoveredAtMs ?? Number.POSITIVE_INFINITY;
  let fromMs = fault.injectedAtMs;
  let last = "silent everywhere";
  for (const [observer, state] of wayUp) {
    const step = moments.find(
      (moment) =>
        moment.observer === observer &&
        moment.state === state &&
        moment.atMs >= fromMs &&
        moment.atMs <= untilMs,
    );
    if (step === undefined) {
      const heldMs = (fault.recoveredAtMs ?? fault.injectedAtMs) - fault.injectedAtMs;
      return (
        `${alert} did not become ${state} at ${observer} while "${fault.name}" was held for ` +
        `${formatDuration(heldMs)}; last it was ${last}`
      );
    }
    // Who fires first of the three is not known: they are looked at one after the other.
    if (state === "pending") fromMs = step.atMs;
    last = `${state} at ${observer}`;
  }
  return null;
}

function notResolved(
  moments: readonly AlertMoment[],
  fault: FaultWindow,
  alert: string,
): readonly string[] {
  const fromMs = fault.recoveredAtMs ?? fault.injectedAtMs;
  return wayDown.flatMap((observer) => {
    const last = moments.findLast((moment) => moment.observer === observer);
    if (last?.state === "resolved" && last.atMs >= fromMs) return [];
    return [`${alert} is still ${last?.state ?? "unknown"} at ${observer} after "${fault.name}"`];
  });
}

function stepsAfter(moments: readonly AlertMoment[], fault: FaultWindow) {
  const first = (observer: AlertObserver, state: AlertState) =>
    moments.find((moment) => moment.observer === observer && moment.state === state)?.atMs ?? null;
  const lastResolved = moments.findLast(
    ({ observer, state }) => observer === "receiver" && state === "resolved",
  );
  const after = (atMs: number | null | undefined, fromMs: number | null) =>
    atMs === null || atMs === undefined || fromMs === null ? null : atMs - fromMs;
  return {
    pending: after(first("Prometheus", "pending"), fault.injectedAtMs),
    firing: after(first("Prometheus", "firing"), fault.injectedAtMs),
    "at Alertmanager": after(first("Alertmanager", "firing"), fault.injectedAtMs),
    "at the receiver": after(first("receiver", "firing"), fault.injectedAtMs),
    "resolved at the receiver": after(lastResolved?.atMs, fault.healedAtMs),
  };
}

function inWords(moments: readonly AlertMoment[], fault: FaultWindow, alert: string): string {
  const steps = Object.entries(stepsAfter(moments, fault)).map(
    ([step, afterMs]) => `${step} ${afterMs === null ? "never" : formatDuration(afterMs)}`,
  );
  return `${alert} was ${steps.join(", ")} after "${fault.name}" and after its healing`;
}

function measurementsOf(
  moments: readonly AlertMoment[],
  fault: FaultWindow,
): readonly Measurement[] {
  return Object.entries(stepsAfter(moments, fault)).flatMap(([step, afterMs]) =>
    afterMs === null
      ? []
      : [{ name: `alert ${step} after`, value: afterMs, unit: "ms", sampleSize: moments.length }],
  );
}
