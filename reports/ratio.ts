import { seededRandom } from "./statistics.ts";

/** One value and when it was seen, so that values of one moment stay together. */
export interface TimedValue {
  readonly atMs: number;
  readonly value: number;
}

export interface RatioOptions {
  /** Which quantile of both sides is compared, such as 0.5 for medians. */
  readonly quantile: number;
  readonly blockMs: number;
  readonly resamples: number;
  readonly confidence: number;
  readonly seed: number;
}

const ratioDefaults: RatioOptions = {
  quantile: 0.5,
  blockMs: 1_000,
  resamples: 2_000,
  confidence: 0.99,
  seed: 1,
};

/** A ratio of two quantiles with the interval that the true one lies in at the given confidence. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly numeratorValue: number;
  readonly denominatorValue: number;
  readonly sampleSize: number;
  readonly blocks: number;
}

const blocksMin = 5;

/**
 * Ratio of the same quantile of two interleaved series, by a bootstrap over blocks of time: values
 * of one moment share what disturbed them, so single values must not be drawn on their own
 * (percentile interval of the moving blocks bootstrap; Künsch, Annals of Statistics 17, 1989).
 *
 * `null` where fewer than five blocks hold values of both series: nothing can be said then.
 */
export function ratioOf(
  numerator: readonly TimedValue[],
  denominator: readonly TimedValue[],
  options: Partial<RatioOptions> = {},
): Ratio | null {
  const settings = { ...ratioDefaults, ...options };
  const blockOf = ({ atMs }: TimedValue) => Math.floor(atMs / settings.blockMs);
  const shared = new Set(denominator.map(blockOf));
  const blocks = [...new Set(numerator.map(blockOf))].filter((block) => shared.has(block));
  if (blocks.length < blocksMin) return null;
  const above = new Series(numerator, blocks, blockOf);
  const below = new Series(denominator, blocks, blockOf);
  const once = new Uint16Array(blocks.length).fill(1);
  const ratioWith = (weights: Uint16Array) =>
    above.quantile(settings.quantile, weights) / below.quantile(settings.quantile, weights);
  const random = seededRandom(settings.seed);
  const drawn = Array.from({ length: settings.resamples }, () => {
    const weights = new Uint16Array(blocks.length);
    for (let draw = 0; draw < blocks.length; draw += 1) {
      const block = Math.floor(random() * blocks.length);
      weights[block] = (weights[block] ?? 0) + 1;
    }
    return ratioWith(weights);
  }).toSorted((left, right) => left - right);
  const tail = (1 - settings.confidence) / 2;
  const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))] ?? Number.NaN;
  return {
    ratio: ratioWith(once),
    low: at(tail),
    high: at(1 - tail),
    numeratorValue: above.quantile(settings.quantile, once),
    denominatorValue: below.quantile(settings.quantile, once),
    sampleSize: above.size + below.size,
    blocks: blocks.length,
  };
}

/** Values in ascending order with the block of each: a weighted quantile is then one walk. */
class Series {
  readonly #sorted: readonly { readonly value: number; readonly block: number }[];
  readonly #countByBlock: Uint32Array;

  constructor(
    values: readonly TimedValue[],
    blocks: readonly number[],
    blockOf: (value: TimedValue) => number,
  ) {
    const indexOf = new Map(blocks.map((block, index) => [block, index]));
    this.#sorted = values
      .flatMap((each) => {
        const block = indexOf.get(blockOf(each));
        return block === undefined ? [] : [{ value: each.value, block }];
      })
      .toSorted((left, right) => left.value - right.value);
    this.#countByBlock = new Uint32Array(blocks.length);
    for (const { block } of this.#sorted) {
      this.#countByBlock[block] = (this.#countByBlock[block] ?? 0) + 1;
    }
  }

  get size(): number {
    return this.#sorted.length;
  }

  /** Nearest rank, every block counted as often as it was drawn. */
  quantile(share: number, weights: Uint16Array): number {
    const total = this.#countByBlock.reduce(
      (sum, count, block) => sum + count * (weights[block] ?? 0),
      0,
    );
    const rank = Math.max(1, Math.ceil(share * total));
    let passed = 0;
    for (const { value, block } of this.#sorted) {
      passed += weights[block] ?? 0;
      if (passed >= rank) return value;
    }
    return Number.NaN;
  }
}
