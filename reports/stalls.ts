import { doubtAboutDelays } from "./assumptions.ts";
import { formatDuration, formatShare } from "./format.ts";
import type { GeneratorHealth, History, Operation } from "./records.ts";
import { generatorValidity } from "./slo.ts";

/**
 * Why answers that took too long may be the machine's doing and not the stack's.
 *
 * A machine that stands still for a moment sends late as well, on connections that are open already:
 * that lateness, times `stallFactor` because the stack stood still too, is taken off the latency of
 * the answers around it. One answer that is still too slow is enough for certainty, unless the
 * processors were taken for nearly all of the time.
 *
 * @param slow operations whose latency from the intended moment exceeds `limitMs`
 */
export function doubtAboutSlow(
  { generator, operations }: History,
  slow: readonly Operation[],
  limitMs: number,
): string | null {
  const delayed = doubtAboutDelays(generator, limitMs) ?? doubtAboutStarvation(generator);
  if (delayed !== null) return delayed;
  const stalls = slow.map((operation) => stallAroundMs(operations, operation));
  const isCertain = slow.some(
    ({ intendedAtMs, endedAtMs }, index) =>
      endedAtMs - intendedAtMs - (stalls[index] ?? 0) * generatorValidity.stallFactor > limitMs,
  );
  if (isCertain) return null;
  return (
    `the machine stood still around every slow answer: requests on open connections were sent ` +
    `${formatDuration(Math.max(...stalls))} late`
  );
}

/**
 * Why failed requests may be the machine's doing: every one of them ran into a limit of time, which
 * the gateway and the replicas tell by 503 and 504, and next to nothing of the processors was left.
 *
 * At 0.3 % left, beside two other stacks on two cores, a sound stack did so with 764 requests of 9,379.
 */
export function doubtAboutFailures(
  { generator }: Pick<History, "generator">,
  failed: readonly Operation[],
): string | null {
  const isLate = ({ failureClass, status }: Operation) =>
    failureClass === "timeout" || (failureClass === "status" && (status === 503 || status === 504));
  return failed.length > 0 && failed.every(isLate)
    ? doubtAboutIdle(generator, generatorValidity.idleShareForLateMin, "failures by time")
    : null;
}

/** Replicas that start while others want the processors too, queue for them and not for each other. */
function doubtAboutStarvation(generator: GeneratorHealth): string | null {
  return doubtAboutIdle(generator, generatorValidity.idleShareForSlowMin, "slow answers");
}

function doubtAboutIdle(
  { idleShare }: GeneratorHealth,
  allowed: number,
  what: string,
): string | null {
  if (idleShare === null || idleShare >= allowed) return null;
  return (
    `the machine's processors were idle for ${formatShare(idleShare)} of the time, at least ` +
    `${formatShare(allowed)} are needed to lay ${what} to the stack`
  );
}

function stallAroundMs(operations: readonly Operation[], around: Operation): number {
  const lags = operations
    .filter(
      ({ reusedSocket, intendedAtMs }) =>
        reusedSocket &&
        intendedAtMs >= around.intendedAtMs - generatorValidity.stallLookBackMs &&
        intendedAtMs <= around.endedAtMs,
    )
    .map(({ sentAtMs, intendedAtMs }) => (sentAtMs ?? intendedAtMs) - intendedAtMs);
  const longestMs = Math.max(0, ...lags);
  return longestMs < generatorValidity.stallMsMin ? 0 : longestMs;
}
