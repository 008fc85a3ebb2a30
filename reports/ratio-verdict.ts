import type { Finding, verdictsOf } from "./assumptions.ts";
import { atMost } from "./measure.ts";
import type { Ratio } from "./ratio.ts";
import type { Measurement, Verdict } from "./records.ts";

/** A ratio in words, with the interval that it is judged by. */
export function ratioInWords({ ratio, low, high }: Ratio, ratioMax: number): string {
  return (
    `${ratio.toFixed(2)} times as long, ${low.toFixed(2)} to ${high.toFixed(2)} (99 %), ` +
    `allowed is ${ratioMax}`
  );
}

export function ratioMeasurement(name: string, seen: Ratio, ratioMax: number): Measurement {
  return {
    name,
    value: seen.ratio,
    unit: "times",
    sampleSize: seen.sampleSize,
    limit: atMost(ratioMax),
    spread: {
      low: seen.low,
      high: seen.high,
      unit: "times",
      meaning: "99 % interval, bootstrap over seconds",
    },
  };
}

/** Passed where the whole interval is within the limit, failed where all of it is above. */
export function judgeRatio(
  verdict: ReturnType<typeof verdictsOf>,
  finding: Finding,
  { low, high }: Ratio,
  ratioMax: number,
): Verdict {
  if (high <= ratioMax) return verdict.passed(finding);
  return low > ratioMax ? verdict.failed(finding) : verdict.unknown(finding);
}
