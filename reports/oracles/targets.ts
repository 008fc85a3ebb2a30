import { doubtAboutFaults, doubtAboutRecovery, verdictsOf } from "../assumptions.ts";
import { formatDuration, formatNumberOf } from "../format.ts";
import { atMost } from "../measure.ts";
import { doubtAboutWatcher, lastAt } from "../monitoring-moments.ts";
import type {
  FaultWindow,
  History,
  Measurement,
  Monitoring,
  ReplicasMoment,
  TargetsMoment,
} from "../records.ts";
import type { TargetsObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "targets";

/**
 * Judges Prometheus's targets of the API around faults, against the engine's record of what ran:
 * before a fault and after it each replica that runs is one target, up, under its own address and
 * with its own figures; a silenced one is not up at the end of its fault, and the others are.
 *
 * A doubt about the watcher, the fault or the recovery is unknown only where nothing is wrong.
 */
export const targets: Oracle<History, TargetsObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const { monitoring } = history;
    if (monitoring === null) {
      return verdict.unknown({ evidence: "nobody watched the targets of Prometheus" });
    }
    const blindness = doubtAboutWatcher(monitoring.watcher, objective.blindMsMax);
    if (blindness !== null) return verdict.unknown({ evidence: blindness });
    const flaws = history.faults.flatMap((fault) => flawsOf(fault, monitoring, objective));
    const finding = {
      evidence: flaws[0] ?? inWords(history, monitoring),
      measurements: [
        {
          name: "wrong about targets",
          value: flaws.length,
          unit: "",
          sampleSize: monitoring.watcher.looks,
          limit: atMost(0),
        },
        ...history.faults.flatMap((fault) => measurementsOf(fault, monitoring)),
      ],
      witnesses: flaws,
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const doubt =
      doubtAboutFaults(history) ??
      doubtAboutRecovery(history) ??
      doubtAboutMoves(monitoring, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function flawsOf(
  fault: FaultWindow,
  monitoring: Monitoring,
  { replicas }: TargetsObjective,
): readonly string[] {
  const before = differencesAt(fault.injectedAtMs, monitoring, replicas);
  const end = monitoring.targets.at(-1);
  const after =
    fault.healedAtMs === null
      ? []
      : targetDifferences(monitoring.replicas.at(-1), end, replicas).map(
          (flaw) => `after it ${flaw}`,
        );
  return [
    ...before.map((flaw) => `before it ${flaw}`),
    ...duringFlaws(fault, monitoring, replicas),
    ...after,
  ].map((flaw) => `${fault.name}: ${flaw}`);
}

/** At the end of the fault, which was held until this was so or for as long as is allowed. */
function duringFlaws(
  { replica, silences, effectiveAtMs, recoveredAtMs }: FaultWindow,
  { targets }: Monitoring,
  replicas: number,
): readonly string[] {
  if (!silences || replica === null || effectiveAtMs === null || recoveredAtMs === null) return [];
  const seen = lastAt(targets, recoveredAtMs);
  const up = Object.values(seen?.up ?? {});
  const heldMs = recoveredAtMs - effectiveAtMs;
  const told = `${formatDuration(heldMs)} into it`;
  if (up.includes(replica)) return [`${told} the silenced replica ${replica} is still up`];
  if (up.length === replicas - 1) return [];
  return [`${told} ${up.length} targets are up, allowed ${replicas - 1}`];
}

function differencesAt(atMs: number, { replicas, targets }: Monitoring, expected: number) {
  return targetDifferences(lastAt(replicas, atMs), lastAt(targets, atMs), expected);
}

/** What is not the same in the eyes of the engine and of Prometheus, in words. */
export function targetDifferences(
  engine: ReplicasMoment | undefined,
  seen: TargetsMoment | undefined,
  expected: number,
): readonly string[] {
  const running = Object.entries(engine?.addresses ?? {});
  const up = seen?.up ?? {};
  const addresses = new Set(running.map(([, address]) => address));
  return [
    ...running
      .filter(([, address]) => up[address] === undefined)
      .map(([replica, address]) => `replica ${replica} at ${address} is no target that is up`),
    ...running
      .filter(([replica, address]) => up[address] !== undefined && up[address] !== replica)
      .map(
        ([replica, address]) =>
          `the figures under ${address} are those of "${up[address]}", allowed is ${replica}`,
      ),
    ...Object.keys(up)
      .filter((address) => !addresses.has(address))
      .map((address) => `${address} is a target that is up, and no replica`),
    ...(Object.keys(up).length === expected
      ? []
      : [`${Object.keys(up).length} targets are up, allowed ${expected}`]),
  ];
}

function doubtAboutMoves({ replicas }: Monitoring, { movedMin }: TargetsObjective): string | null {
  const [first] = replicas;
  const known = new Set(Object.values(first?.addresses ?? {}));
  const moved = Object.values(replicas.at(-1)?.addresses ?? {}).filter((each) => !known.has(each));
  if (moved.length >= movedMin) return null;
  return `${formatNumberOf(moved.length, "replica")} came back with another address, needed ${movedMin}`;
}

function inWords(history: History, { targets, watcher }: Monitoring): string {
  const counts = targets.map(({ up }) => Object.keys(up).length);
  const steps = counts.filter((count, index) => count !== counts[index - 1]);
  return (
    `targets up were ${steps.join(", ")} in the order of time around ` +
    `${history.faults.map((fault) => fault.name).join(", ")}, each replica under its own address; ` +
    formatNumberOf(watcher.looks, "look")
  );
}

function measurementsOf(fault: FaultWindow, { targets }: Monitoring): readonly Measurement[] {
  const { replica, injectedAtMs, healedAtMs } = fault;
  const first = (fromMs: number, isRight: (up: readonly string[]) => boolean) =>
    targets.find(({ atMs, up }) => atMs >= fromMs && isRight(Object.values(up)))?.atMs ?? null;
  const measured = (name: string, fromMs: number | null, atMs: number | null) =>
    fromMs === null || atMs === null
      ? []
      : [{ name, value: Math.max(0, atMs - fromMs), unit: "ms", sampleSize: targets.length }];
  if (replica === null) return [];
  const goneMs = first(injectedAtMs, (up) => !up.includes(replica));
  const backMs = goneMs === null ? null : first(goneMs, (up) => up.includes(replica));
  return [
    ...measured("target seen gone after", injectedAtMs, goneMs),
    ...measured("target seen up again after healing", healedAtMs, backMs),
  ];
}
