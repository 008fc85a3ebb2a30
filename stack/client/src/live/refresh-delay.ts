/** Time from the end of one refresh to the start of the next while all is well. */
export const refreshIntervalMs = 5_000;

/** The longest pause between two attempts while refreshing fails. */
export const refreshIntervalMsMax = 60_000;

/** The share by which a delay may deviate to either side. */
const jitterRatio = 0.1;

/**
 * The pause before the next refresh: doubled with every failure in a row, up to a limit.
 *
 * The deviation keeps many open boards from asking in step after an outage.
 *
 * @param random a number from 0 to 1, as `Math.random` gives
 */
export function refreshDelayMs(failuresInRow: number, random: number): number {
  const backedOffMs = Math.min(refreshIntervalMs * 2 ** failuresInRow, refreshIntervalMsMax);
  return Math.round(backedOffMs * (1 + jitterRatio * (2 * random - 1)));
}
