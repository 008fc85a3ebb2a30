import { lastEndMs } from "./phases.ts";
import type { FaultWindow, History, Operation } from "./records.ts";
import type { RecoveryObjective } from "./slo.ts";
import { capacityBackAtMs, serviceBackAtMs } from "./windows.ts";

/** What must be known of an objective to tell how a fault was recovered from. */
export type RecoveryLimits = Pick<
  RecoveryObjective,
  "since" | "serviceMsMax" | "capacityMsMax" | "replicas" | "fairShareMin" | "windowMs"
>;

/** Whether something came back: in time, too late, or nobody looked for long enough. */
export type Return =
  | { readonly state: "back" | "late"; readonly afterMs: number }
  | { readonly state: "absent" | "unseen"; readonly seenForMs: number };

/** One fault and how long its consequences lasted. */
export interface Recovery {
  readonly fault: FaultWindow;
  /** The moment from which the limits of the objective count. */
  readonly sinceMs: number;
  /** Bad answers that ended between the harm and this moment are within the promise. */
  readonly toleratedUntilMs: number;
  readonly service: Return;
  /** `null` where nothing is promised about it. */
  readonly capacity: Return | null;
  /** From the harm to the first bad answer or the first retry; `null` where nobody noticed. */
  readonly detectedAfterMs: number | null;
}

/**
 * How each fault was recovered from: detection, service and capacity, in milliseconds.
 *
 * The service is away from the first bad answer after the moment that counts, so that a fault which
 * bites late is not taken for one that was over at once; the end of that is the begin of the first
 * window of good answers. Capacity is looked for from the moment at which the fault was proved in
 * effect, because a window that began earlier would still show the victim.
 */
export function recoveriesOf(history: History, objective: RecoveryLimits): readonly Recovery[] {
  const { faults } = history;
  const endedAtMs = lastEndMs(history.operations);
  const retried = retriedRequests(history);
  return faults.map((fault) => {
    const sinceMs = sinceOf(fault, objective);
    const nextMs = Math.min(
      ...faults
        .map(({ injectedAtMs }) => injectedAtMs)
        .filter((injectedAtMs) => injectedAtMs > fault.injectedAtMs),
    );
    const look = { sinceMs, endedAtMs, windowMs: objective.windowMs };
    return {
      fault,
      sinceMs,
      toleratedUntilMs: sinceMs + objective.serviceMsMax,
      service: serviceReturn(history.operations, objective, look, nextMs),
      capacity: capacityReturn(history.operations, objective, look, fault),
      detectedAfterMs: detectedAfterMs(history.operations, retried, fault, nextMs),
    };
  });
}

interface Look {
  readonly sinceMs: number;
  readonly endedAtMs: number;
  readonly windowMs: number;
}

function sinceOf(fault: FaultWindow, { since }: RecoveryLimits): number {
  return since === "injected" ? fault.injectedAtMs : (fault.recoveredAtMs ?? fault.injectedAtMs);
}

function serviceReturn(
  operations: readonly Operation[],
  { serviceMsMax, windowMs }: RecoveryLimits,
  look: Look,
  nextMs: number,
): Return {
  const firstBadMs = Math.min(
    ...operations
      .filter(({ outcome }) => outcome !== "ok")
      .map(({ endedAtMs }) => endedAtMs)
      .filter((atMs) => atMs >= look.sinceMs && atMs < nextMs),
  );
  const fromMs = Number.isFinite(firstBadMs) ? firstBadMs : look.sinceMs;
  return returnOf(serviceBackAtMs(operations, fromMs, windowMs), serviceMsMax, look);
}

function capacityReturn(
  operations: readonly Operation[],
  objective: RecoveryLimits,
  look: Look,
  fault: FaultWindow,
): Return | null {
  if (objective.capacityMsMax === null) return null;
  const fromMs = Math.max(look.sinceMs, fault.effectiveAtMs ?? fault.injectedAtMs);
  const backAtMs = capacityBackAtMs(operations, fromMs, objective);
  return returnOf(backAtMs, objective.capacityMsMax, look);
}

function returnOf(backAtMs: number | null, limitMs: number, look: Look): Return {
  if (backAtMs !== null) {
    const afterMs = backAtMs - look.sinceMs;
    return { state: afterMs <= limitMs ? "back" : "late", afterMs };
  }
  const seenForMs = look.endedAtMs - look.sinceMs;
  return { state: seenForMs >= limitMs + look.windowMs ? "absent" : "unseen", seenForMs };
}

/** Requests that the gateway tried more than once. */
function retriedRequests({ gatewayLines }: History): ReadonlySet<string> {
  return new Set(
    (gatewayLines ?? [])
      .filter(({ upstreamAddresses }) => upstreamAddresses.length > 1)
      .map(({ requestId }) => requestId),
  );
}

function detectedAfterMs(
  operations: readonly Operation[],
  retried: ReadonlySet<string>,
  { injectedAtMs, healedAtMs }: FaultWindow,
  nextMs: number,
): number | null {
  const untilMs = Math.min(healedAtMs ?? Number.POSITIVE_INFINITY, nextMs);
  const signs = operations
    .filter(({ outcome, requestId }) => outcome !== "ok" || retried.has(requestId))
    .map(({ endedAtMs }) => endedAtMs)
    .filter((atMs) => atMs >= injectedAtMs && atMs < untilMs);
  return signs.length === 0 ? null : Math.min(...signs) - injectedAtMs;
}
