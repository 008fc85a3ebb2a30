import type { FaultWindow, History } from "./records.ts";
import { recoveriesOf, type Return } from "./recovery-times.ts";
import { slo } from "./slo.ts";
import { capacityBackAtMs } from "./windows.ts";

/** How long the consequences of one fault lasted, counted from its harm. */
export interface FaultReturn {
  readonly fault: FaultWindow;
  /** Until every answer was good again for a whole window; `null` where that was not seen. */
  readonly serviceAfterMs: number | null;
  /** Until every replica did its part again for a whole window; `null` where that was not seen. */
  readonly capacityAfterMs: number | null;
}

/** No good answer for this long is an outage, also where every request is answered in the end. */
const silenceMsMin = 500;

/**
 * When service and capacity were back after each fault of a history, whatever was promised about
 * them: the same windows as those of the oracles, without a limit. A stall that fails no request is
 * no failure to an oracle of outcomes; here the service is back only when it is over.
 *
 * Where no replica was touched, capacity is looked for from the harm on; elsewhere from the proof
 * that the fault was in effect, because a window that began earlier would still show the victim.
 */
export function returnsOf(history: History): readonly FaultReturn[] {
  const { fairShareMin, windowMs } = slo.replicaBackInRotation;
  const fair = { replicas: history.replicasExpected, fairShareMin, windowMs };
  const recoveries = recoveriesOf(history, {
    since: "injected",
    serviceMsMax: Number.POSITIVE_INFINITY,
    capacityMsMax: Number.POSITIVE_INFINITY,
    ...fair,
  });
  const isTouched = isAnyReplicaTouched(history);
  const good = history.operations
    .filter(({ outcome }) => outcome === "ok")
    .map(({ endedAtMs }) => endedAtMs)
    .sort((left, right) => left - right);
  return recoveries.map(({ fault, service, capacity }) => {
    const silentForMs = silenceAfter(good, fault);
    const backAtMs = isTouched
      ? null
      : capacityBackAtMs(history.operations, fault.injectedAtMs, fair);
    return {
      fault,
      serviceAfterMs: laterOf(afterMs(service), silentForMs),
      capacityAfterMs: backAtMs === null ? afterMs(capacity) : backAtMs - fault.injectedAtMs,
    };
  });
}

/** From the harm to the end of the last silence that began during the fault; 0 without one. */
function silenceAfter(good: readonly number[], fault: FaultWindow): number {
  const { injectedAtMs, healedAtMs } = fault;
  let previousMs = injectedAtMs;
  let silentForMs = 0;
  for (const atMs of good) {
    if (atMs <= injectedAtMs) continue;
    if (healedAtMs !== null && previousMs > healedAtMs) break;
    if (atMs - previousMs >= silenceMsMin) silentForMs = atMs - injectedAtMs;
    previousMs = atMs;
  }
  return silentForMs;
}

function laterOf(afterMs: number | null, otherMs: number): number | null {
  return afterMs === null ? null : Math.max(afterMs, otherMs);
}

/** Whether a fault was aimed at a replica, or one was started anew or replaced meanwhile. */
function isAnyReplicaTouched({ faults, containers, operations }: History): boolean {
  if (faults.some(({ replica }) => replica !== null)) return true;
  const replicas = new Set(operations.map(({ replica }) => replica));
  return containers
    .filter(({ before, after }) => {
      return replicas.has(before?.hostName ?? null) || replicas.has(after?.hostName ?? null);
    })
    .some(({ before, after }) => {
      return before?.id !== after?.id || before?.startedAt !== after?.startedAt;
    });
}

/** When both were back: good answers, and from all replicas. */
export function wholeAfterMs({ serviceAfterMs, capacityAfterMs }: FaultReturn): number | null {
  if (serviceAfterMs === null || capacityAfterMs === null) return null;
  return Math.max(serviceAfterMs, capacityAfterMs);
}

function afterMs(seen: Return | null): number | null {
  return seen !== null && "afterMs" in seen ? seen.afterMs : null;
}
