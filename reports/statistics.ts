/**
 * Exact binomial bounds (Clopper and Pearson, Biometrika 26, 1934) and order statistics; no
 * approximation, because the counts that decide a release are small.
 */

const bisectionSteps = 60;

/** Probability of at most `count` hits in `total` independent trials of probability `share`. */
export function binomialAtMost(count: number, total: number, share: number): number {
  if (count < 0) return 0;
  if (count >= total || share <= 0) return 1;
  if (share >= 1) return 0;
  const logOdds = Math.log(share) - Math.log1p(-share);
  let logTerm = total * Math.log1p(-share);
  let sum = 0;
  // Logarithms, because (1 - share)^total underflows from about a thousand trials on.
  for (let hits = 0; hits <= count; hits += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((total - hits) / (hits + 1)) + logOdds;
  }
  return Math.min(1, sum);
}

/** One-sided upper bound of a share, from `count` hits in `total`, at the given confidence. */
export function shareUpperBound(count: number, total: number, confidence: number): number {
  if (total <= 0 || count >= total) return 1;
  return bisect((share) => binomialAtMost(count, total, share) > 1 - confidence);
}

/** One-sided lower bound of a share, from `count` hits in `total`, at the given confidence. */
export function shareLowerBound(count: number, total: number, confidence: number): number {
  if (total <= 0 || count <= 0) return 0;
  return bisect((share) => 1 - binomialAtMost(count - 1, total, share) < 1 - confidence);
}

/** Nearest-rank quantile of a sample that need not be sorted; `null` for an empty one. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  return sorted[rank - 1] ?? null;
}

/** The middle value, or the mean of the two in the middle; `null` for an empty sample. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function bisect(isBelow: (share: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < bisectionSteps; step += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Numbers from 0 up to 1 that look random and are the same for the same seed (Mulberry32, by Tommy
 * Ettinger); not for secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
