import { formatValue } from "./format.ts";
import type { Measurement, Verdict } from "./records.ts";

/** A verdict as people read it, line by line, so that a test can state all of it. */
export function told({ status, evidence, measurements, witnesses }: Verdict): readonly string[] {
  return [
    `${status}: ${evidence}`,
    ...measurements.map(inWords),
    ...(witnesses.length === 0 ? [] : [`witnesses: ${witnesses.join(" | ")}`]),
  ];
}

function inWords({ name, value, unit, sampleSize, limit, spread }: Measurement): string {
  return [
    `${name}: ${formatValue(value, unit)} of ${sampleSize}`,
    ...(limit === undefined ? [] : [`${limit.rule} ${formatValue(limit.value, unit)}`]),
    ...(spread === undefined
      ? []
      : [
          `${formatValue(spread.low, spread.unit)} to ${formatValue(spread.high, spread.unit)}, ` +
            spread.meaning,
        ]),
  ].join("; ");
}
