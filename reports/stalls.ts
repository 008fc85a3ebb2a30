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

/** Replicas that start while others want the processors too, queue for them and not for each other. */
function doubtAboutStarvation({ idleShare }: GeneratorHealth): string | null {
  const allowed = generatorValidity.idleShareForSlowMin;
  if (idleShare === null || idleShare >= allowed) return null;
  return (
    `the machine's processors were idle for ${formatShare(idleShare)} of the time, at least ` +
    `${formatShare(allowed)} are needed to lay slow answers to the stack`
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
