/** Axes of the pictures: from values to pixels, with ticks at round numbers. */

export interface Scale {
  readonly toPixel: (value: number) => number;
  readonly ticks: readonly number[];
}

const ticksWanted = 8;
const steps = [1, 2, 5] as const;

/** Linear, from 0 to `max`; ticks at multiples of 1, 2 or 5 times a power of ten. */
export function linearScale(max: number, fromPixel: number, toPixel: number): Scale {
  const end = max > 0 ? max : 1;
  const rough = end / ticksWanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (steps.find((each) => each * power >= rough) ?? 10) * power;
  const count = Math.floor(end / step + 1e-9);
  return {
    toPixel: (value) => fromPixel + (value / end) * (toPixel - fromPixel),
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12))),
  };
}

/** Logarithmic, because a stalled request is a thousand times slower than a good one. */
export function logScale(min: number, max: number, fromPixel: number, toPixel: number): Scale {
  const low = Math.floor(Math.log10(min));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(max, min))));
  return {
    toPixel: (value) => {
      const exponent = Math.max(low, Math.log10(Math.max(value, Number.MIN_VALUE)));
      return fromPixel + ((exponent - low) / (high - low)) * (toPixel - fromPixel);
    },
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
  };
}
