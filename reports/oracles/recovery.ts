import {
  doubtAboutFaults,
  doubtAboutGenerator,
  doubtAboutRecovery,
  verdictsOf,
} from "../assumptions.ts";
import { formatCount, formatDuration, formatNumberOf } from "../format.ts";
import { labelsOf, phaseOf } from "../phases.ts";
import { atMost, rangeOf } from "../measure.ts";
import type { FailureClass, History, Measurement, Operation } from "../records.ts";
import { recoveriesOf, type Recovery, type Return } from "../recovery-times.ts";
import { doubtAboutFailures, doubtAboutSlow } from "../stalls.ts";
import type { RecoveryObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

export { capacityBackAtMs, serviceBackAtMs } from "../windows.ts";

const name = "recovery";
/** How clients see that the gateway itself is away; a wrong body or certificate is never that. */
const brokenConnections: readonly (FailureClass | null)[] = [
  "refused",
  "reset-before-bytes",
  "reset-on-reused-socket",
  "reset-after-headers",
  "truncated",
];

interface Seen {
  readonly history: History;
  readonly objective: RecoveryObjective;
  readonly recoveries: readonly Recovery[];
  readonly bad: readonly Operation[];
  /** Ended after the first harm and took longer than allowed, good or bad. */
  readonly slow: readonly Operation[];
  readonly slowestMs: number;
  /** Slots of the schedule without a record. */
  readonly missing: number;
}

interface Flaw {
  readonly what: string;
  readonly witnesses: readonly Operation[];
}

/**
 * Judges how soon service and capacity are back after each fault, and what clients see until then.
 *
 * The service is back when the first window begins in which every answer is good, capacity when
 * every replica serves its part again for such a window. Bad answers may come only between the harm
 * and the limit, with an allowed status; no answer may take too long. A slot that was dropped or
 * has no record is a failure of a kind that is never allowed. All of these are witnesses and fail
 * the objective even where the coverage floor was not met.
 */
export const recovery: Oracle<History, RecoveryObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const { operations } = history;
    if (operations.length === 0) return verdict.unknown({ evidence: "no request is on record" });
    const doubt =
      doubtAboutGenerator(history.generator) ??
      doubtAboutFaults(history) ??
      doubtAboutUndoing(history, objective);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const seen = look(history, objective);
    const flaws = [...flawsOfAnswers(seen), ...seen.recoveries.flatMap(flawsOfReturn(objective))];
    const finding = {
      evidence: [...flaws.map(({ what }) => what), describe(seen)].join("; "),
      measurements: measurementsOf(seen),
      witnesses: [...flaws.flatMap(({ witnesses }) => witnesses), ...seen.slow].map(
        ({ requestId }) => requestId,
      ),
    };
    if (flaws.length > 0) {
      const starved = seen.missing > 0 ? null : doubtAboutFailures(history, seen.bad);
      return starved === null
        ? verdict.failed(finding)
        : verdict.unknown({ ...finding, evidence: starved });
    }
    if (seen.slow.length > 0) {
      const delayed = doubtAboutSlow(history, seen.slow, objective.answerMsMax);
      return delayed === null
        ? verdict.failed(finding)
        : verdict.unknown({ ...finding, evidence: delayed });
    }
    const shortfall = doubtAboutCoverage(seen) ?? doubtAboutRecovery(history);
    if (shortfall !== null) return verdict.unknown({ ...finding, evidence: shortfall });
    return verdict.passed(finding);
  },
};

function look(history: History, objective: RecoveryObjective): Seen {
  const { operations, generator } = history;
  const harmMs = Math.min(...history.faults.map(({ injectedAtMs }) => injectedAtMs));
  const since = operations.filter(({ endedAtMs }) => endedAtMs >= harmMs);
  const answered = since.filter(({ outcome }) => outcome !== "dropped");
  return {
    history,
    objective,
    recoveries: recoveriesOf(history, objective),
    bad: operations.filter(({ outcome }) => outcome !== "ok"),
    slow: answered.filter((operation) => latencyMsOf(operation) > objective.answerMsMax),
    slowestMs: Math.max(0, ...answered.map(latencyMsOf)),
    missing: Math.max(0, generator.scheduledCount - operations.length),
  };
}

function latencyMsOf({ intendedAtMs, endedAtMs }: Operation): number {
  return endedAtMs - intendedAtMs;
}

function doubtAboutUndoing({ faults }: History, { since }: RecoveryObjective): string | null {
  if (since === "injected") return null;
  const kept = faults.find(({ recoveredAtMs }) => recoveredAtMs === null);
  return kept === undefined ? null : `it is not on record when "${kept.name}" was undone`;
}

function flawsOfAnswers(seen: Seen): readonly Flaw[] {
  const { bad, missing, objective, recoveries } = seen;
  const dropped = bad.filter(({ outcome }) => outcome === "dropped");
  const sent = bad.filter(({ outcome }) => outcome !== "dropped");
  const outside = sent.filter((operation) => !recoveries.some((one) => isWithin(operation, one)));
  const late = new Set(outside);
  const forbidden = sent.filter(
    (operation) => !late.has(operation) && !isAllowed(operation, objective),
  );
  const unsent = dropped.length + missing;
  return [
    unsent > 0 && { what: `${formatNumberOf(unsent, "slot")} missed`, witnesses: dropped },
    outside.length > 0 && {
      what: `${formatNumberOf(outside.length, "request")} failed outside the allowed time`,
      witnesses: outside,
    },
    forbidden.length > 0 && {
      what: `${formatNumberOf(forbidden.length, "request")} failed by ${kindsOf(forbidden)}`,
      witnesses: forbidden,
    },
  ].filter((flaw) => flaw !== false);
}

function isWithin({ endedAtMs }: Operation, { fault, toleratedUntilMs }: Recovery): boolean {
  return endedAtMs >= fault.injectedAtMs && endedAtMs <= toleratedUntilMs;
}

function isAllowed({ failureClass, status }: Operation, objective: RecoveryObjective): boolean {
  if (failureClass === "status") return objective.statusesAllowed.includes(status ?? 0);
  return objective.brokenConnectionsAllowed && brokenConnections.includes(failureClass);
}

function kindsOf(operations: readonly Operation[]): string {
  const kinds = operations.map(({ failureClass, status }) =>
    failureClass === "status" ? `status ${status}` : (failureClass ?? "an unknown cause"),
  );
  return [...new Set(kinds)].toSorted().join(", ");
}

function flawsOfReturn(objective: RecoveryObjective) {
  const moment = objective.since === "injected" ? "" : "undoing ";
  return ({ fault, service, capacity }: Recovery): readonly Flaw[] =>
    [
      { what: "service", seen: service, limitMs: objective.serviceMsMax },
      { what: "capacity", seen: capacity, limitMs: objective.capacityMsMax ?? 0 },
    ].flatMap(({ what, seen, limitMs }) => {
      if (seen === null || seen.state === "back" || seen.state === "unseen") return [];
      const when = seen.state === "late" ? formatDuration(seen.afterMs) : "not at all";
      return [
        {
          what:
            `${what} was back ${when} after ${moment}"${fault.name}" on ${fault.target}, ` +
            `allowed ${formatDuration(limitMs)}`,
          witnesses: [],
        },
      ];
    });
}

function doubtAboutCoverage({ history, objective, recoveries }: Seen): string | null {
  for (const { fault, service, capacity } of recoveries) {
    for (const [what, seen, limitMs] of [
      ["service", service, objective.serviceMsMax],
      ["capacity", capacity, objective.capacityMsMax ?? 0],
    ] as const) {
      if (seen?.state === "unseen") {
        return (
          `traffic ended ${formatDuration(seen.seenForMs)} into the recovery from ` +
          `"${fault.name}", ${formatDuration(limitMs + objective.windowMs)} are needed to say ` +
          `that ${what} stayed away`
        );
      }
    }
  }
  const during = history.operations.filter(
    (operation) => phaseOf(operation, history.faults) === "during",
  );
  if (during.length >= objective.operationsInWindowMin) return null;
  return (
    `${formatNumberOf(during.length, "request")} overlapped the fault, ` +
    `${objective.operationsInWindowMin} are needed`
  );
}

/** The longest return of all faults; `null` where one of them was never seen. */
function worst(returns: readonly (Return | null)[]): number | null {
  const afterMs = returns.flatMap((seen) =>
    seen?.state === "back" || seen?.state === "late" ? [seen.afterMs] : [],
  );
  return afterMs.length === returns.length ? Math.max(...afterMs) : null;
}

function describe({ history, objective, recoveries, bad, slow, missing, slowestMs }: Seen): string {
  const said = (afterMs: number | null, limitMs: number) =>
    `${afterMs === null ? "not seen" : `after ${formatDuration(afterMs)}`}, ` +
    `allowed ${formatDuration(limitMs)}`;
  const { serviceMsMax, capacityMsMax, answerMsMax } = objective;
  const service = worst(recoveries.map((one) => one.service));
  const capacity = worst(recoveries.map((one) => one.capacity));
  return [
    `service back ${said(service, serviceMsMax)}`,
    ...(capacityMsMax === null ? [] : [`capacity back ${said(capacity, capacityMsMax)}`]),
    `${formatNumberOf(bad.length + missing, "failed request")} of ` +
      formatCount(history.operations.length + missing),
    `${formatNumberOf(slow.length, "answer")} took longer than ${formatDuration(answerMsMax)}, ` +
      `the slowest ${formatDuration(slowestMs)}`,
  ].join("; ");
}

/** The worst of all faults first, because the first number is the one that reports show. */
function measurementsOf(seen: Seen): readonly Measurement[] {
  const { history, objective, recoveries, bad, missing, slowestMs } = seen;
  const sampleSize = history.operations.length;
  const dropped = bad.filter(({ outcome }) => outcome === "dropped").length;
  return [
    ...backOf(
      "service back",
      recoveries.map(({ service }) => service),
      objective.serviceMsMax,
    ),
    ...backOf(
      "capacity back",
      recoveries.map(({ capacity }) => capacity),
      objective.capacityMsMax,
    ),
    ...measurementsOfFaults(recoveries),
    {
      name: "failed requests",
      value: bad.length + missing,
      unit: "",
      sampleSize: sampleSize + missing,
    },
    {
      name: "missed slots",
      value: dropped + missing,
      unit: "",
      sampleSize: history.generator.scheduledCount,
    },
    {
      name: "slowest answer since the fault",
      value: slowestMs,
      unit: "ms",
      sampleSize,
      limit: atMost(objective.answerMsMax),
    },
  ];
}

/** The worst of all faults, beside how far they are apart. */
function backOf(
  title: string,
  returns: readonly (Return | null)[],
  limitMs: number | null,
): readonly Measurement[] {
  const eachMs = returns.flatMap((one) => worst([one]) ?? []);
  return inMs(title, worst(returns), returns.length).map((measurement) => ({
    ...measurement,
    ...(limitMs === null ? {} : { limit: atMost(limitMs) }),
    ...rangeOf(eachMs, "ms", "of all faults"),
  }));
}

function measurementsOfFaults(recoveries: readonly Recovery[]): readonly Measurement[] {
  const labels = labelsOf(recoveries.map(({ fault }) => fault.name));
  return recoveries.flatMap(({ service, capacity, detectedAfterMs }, index) => [
    ...inMs(`first sign of ${labels[index]}`, detectedAfterMs),
    ...(recoveries.length === 1
      ? []
      : [
          ...inMs(`service back after ${labels[index]}`, worst([service])),
          ...inMs(`capacity back after ${labels[index]}`, worst([capacity])),
        ]),
  ]);
}

function inMs(title: string, value: number | null, sampleSize = 1): readonly Measurement[] {
  return value === null ? [] : [{ name: title, value, unit: "ms", sampleSize }];
}
