import { formatDuration, formatShare } from "./format.ts";
import type {
  FaultWindow,
  GeneratorHealth,
  History,
  Measurement,
  Operation,
  Verdict,
  VerdictStatus,
} from "./records.ts";
import { generatorValidity, steadyPace, type Objective } from "./slo.ts";
import { median } from "./statistics.ts";

/**
 * The conditions without which no oracle may answer. Each returns the reason for the doubt, or
 * `null` where there is none.
 */

const witnessesMax = 20;

/** Why the generator did not send what was planned, by the limits of `generatorValidity`. */
export function doubtAboutGenerator(generator: GeneratorHealth): string | null {
  if (!generator.finished) return "the load generator did not finish its plan";
  const wanted = generator.plannedRatePerSecond * generatorValidity.achievedRateShareMin;
  if (generator.achievedRatePerSecond < wanted) {
    return (
      `the load generator sent ${generator.achievedRatePerSecond.toFixed(1)} requests per second, ` +
      `planned were ${generator.plannedRatePerSecond.toFixed(1)}`
    );
  }
  if (generator.sendLagP99Ms > generatorValidity.sendLagMsMax) {
    return (
      `the load generator was starved: it sent ${formatDuration(generator.sendLagP99Ms)} late ` +
      `(99th percentile), allowed is ${formatDuration(generatorValidity.sendLagMsMax)}`
    );
  }
  return null;
}

/**
 * Why a latency above the limit may be the generator's own and not the stack's.
 *
 * Latency counts from the intended moment, so the generator's delays can only be added to it: they
 * put a slow answer in doubt, and never a fast one.
 */
export function doubtAboutDelays(generator: GeneratorHealth, limitMs: number): string | null {
  const sendLagMsMax = limitMs * generatorValidity.sendLagShareOfLimitMax;
  if (generator.sendLagP99Ms > sendLagMsMax) {
    return (
      `the load generator sent ${formatDuration(generator.sendLagP99Ms)} late (99th percentile), ` +
      `allowed is ${formatDuration(sendLagMsMax)}`
    );
  }
  const loopDelayMsMax = limitMs * generatorValidity.eventLoopDelayShareOfLimitMax;
  if (generator.eventLoopDelayP99Ms > loopDelayMsMax) {
    return (
      `the load generator's event loop stood still for ` +
      `${formatDuration(generator.eventLoopDelayP99Ms)} (99th percentile), ` +
      `allowed is ${formatDuration(loopDelayMsMax)}`
    );
  }
  return doubtAboutControl(generator, limitMs) ?? doubtAboutMachine(generator);
}

/** A server that does nothing is slow only where the machine or the generator is. */
function doubtAboutControl({ controlP95Ms }: GeneratorHealth, limitMs: number): string | null {
  if (controlP95Ms === null) return "nobody asked the server that does nothing";
  const controlMsMax = limitMs * generatorValidity.controlShareOfLimitMax;
  if (controlP95Ms <= controlMsMax) return null;
  return (
    `a server that does nothing answered after ${formatDuration(controlP95Ms)} ` +
    `(95th percentile), allowed is ${formatDuration(controlMsMax)}`
  );
}

/** A kernel that keeps no such counters is no reason for doubt: the delays above were measured. */
function doubtAboutMachine(generator: GeneratorHealth): string | null {
  const { processorShareMax, pressureShareMax, stolenShareMax } = generatorValidity;
  const shares = [
    ["the load generator was busy for", generator.processorShare, processorShareMax],
    ["something waited for a processor for", generator.pressureShare ?? 0, pressureShareMax],
    ["others had the processors for", generator.stolenShare ?? 0, stolenShareMax],
  ] as const;
  for (const [what, seen, allowed] of shares) {
    if (seen <= allowed) continue;
    return `${what} ${formatShare(seen)} of the time, allowed is ${formatShare(allowed)}`;
  }
  return null;
}

/** Why normal behaviour at that moment is not certain. */
export function doubtAboutSteadyState(history: History, when: "before" | "after"): string | null {
  const unmet = history.steadyStates.find((state) => state.when === when && !state.met);
  if (unmet === undefined) return null;
  return `no steady state ${when}: ${unmet.probe} saw ${unmet.seen}, allowed ${unmet.allowed}`;
}

/** Why it is not certain that every fault bit what it was aimed at, in normal behaviour. */
export function doubtAboutFaults(history: History): string | null {
  if (history.faults.length === 0) return "no fault is on record";
  for (const fault of history.faults) {
    const doubt = doubtAboutEffect(fault) ?? doubtAboutSilence(fault, history.operations);
    if (doubt !== null) return doubt;
  }
  if (!history.steadyStates.some((state) => state.when === "before")) {
    return "nobody checked the steady state before the fault";
  }
  return doubtAboutSteadyState(history, "before") ?? doubtAboutPace(history);
}

/** A stack that crawls before anything is done to it, shows nothing of what a fault does to it. */
function doubtAboutPace({ faults, operations }: History): string | null {
  const untilMs = Math.min(...faults.map(({ injectedAtMs }) => injectedAtMs));
  const latenciesMs = operations
    .filter(({ outcome, endedAtMs }) => outcome === "ok" && endedAtMs < untilMs)
    .map(({ intendedAtMs, endedAtMs }) => endedAtMs - intendedAtMs);
  const medianMs = median(latenciesMs);
  if (medianMs === null || medianMs <= steadyPace.medianMsMax) return null;
  return (
    `no steady state before: half of the answers before the fault took longer than ` +
    `${formatDuration(medianMs)}, allowed is ${formatDuration(steadyPace.medianMsMax)}`
  );
}

/** Why it is not certain that the stack came back to normal after the faults. */
export function doubtAboutRecovery(history: History): string | null {
  const sick = history.faults.find((fault) => fault.healedAtMs === null);
  if (sick !== undefined) return `${sick.target} was not seen healthy after "${sick.name}"`;
  if (!history.steadyStates.some((state) => state.when === "after")) {
    return "nobody checked the steady state after the fault";
  }
  return doubtAboutSteadyState(history, "after");
}

function doubtAboutEffect(fault: FaultWindow): string | null {
  // Observers of the effect come first; those of the healing confirm nothing about it.
  const confirmed = fault.proofs[0]?.confirms === true;
  if (fault.effectiveAtMs !== null && confirmed) return null;
  const last = fault.proofs.find(({ confirms }) => !confirms) ?? fault.proofs.at(-1);
  const seen = last === undefined ? "nobody looked" : `${last.observer} saw ${last.seen}`;
  return `it is not proved that "${fault.name}" took effect on ${fault.target}: ${seen}`;
}

/** A victim that must be silent and still answers was not hit, whatever the proofs say. */
function doubtAboutSilence(fault: FaultWindow, operations: readonly Operation[]): string | null {
  if (!fault.silences || fault.replica === null) return null;
  const answer = operations.find((operation) => isAnsweredByVictim(operation, fault));
  if (answer === undefined) return null;
  return (
    `"${fault.name}" did not silence its target: ${fault.target} answered ` +
    `${answer.requestId} ${formatDuration(answer.endedAtMs - fault.injectedAtMs)} after it`
  );
}

function isAnsweredByVictim(operation: Operation, fault: FaultWindow): boolean {
  const from = fault.effectiveAtMs;
  const to = fault.recoveredAtMs ?? Number.POSITIVE_INFINITY;
  return (
    operation.replica === fault.replica &&
    from !== null &&
    operation.sentAtMs !== null &&
    operation.sentAtMs >= from &&
    operation.endedAtMs <= to
  );
}

/** What an oracle found, before it is bound to its name and objective. */
export interface Finding {
  readonly evidence: string;
  readonly measurements?: readonly Measurement[];
  readonly witnesses?: readonly string[];
}

/** Binds findings to one oracle and objective. */
export function verdictsOf(oracle: string, objective: Objective) {
  const conclude =
    (status: VerdictStatus) =>
    (finding: Finding): Verdict => ({
      oracle,
      objective: objective.id,
      status,
      evidence: finding.evidence,
      measurements: finding.measurements ?? [],
      witnesses: (finding.witnesses ?? []).slice(0, witnessesMax),
    });
  return {
    passed: conclude("passed"),
    failed: conclude("failed"),
    unknown: conclude("unknown"),
  };
}
