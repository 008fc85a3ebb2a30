/** `npm run bench`: what the measuring itself is worth, and what parts of the stack cost. */

import { formatCount, formatDuration } from "../../reports/format.ts";
import { quantile } from "../../reports/statistics.ts";
import { ProductionStack } from "../../stack/production-stack.ts";
import { print, progress } from "../console.ts";
import { exitCodes } from "../exit-codes.ts";
import { requireEngineHere } from "../preflight.ts";
import { readWarmStack } from "../warm-stack.ts";
import { capacityOf, costOfTools } from "./capacity.ts";
import type { CapacitySeen } from "./capacity.ts";
import { ratiosOf } from "./ratios.ts";
import type { NamedRatio } from "./ratios.ts";
import { generatorAgainstTruth } from "./truth.ts";
import type { Truth } from "./truth.ts";

const mark = { true: "right  ", false: "WRONG  ", null: "unknown" } as const;

function truthInWords({ behaviour, reported, truth, isRight }: Truth): string {
  const state = mark[`${isRight}`];
  return `  ${state}  ${behaviour.padEnd(38)}  reported ${reported}; true ${truth}`;
}

function ratioInWords({ name, ratio }: NamedRatio): string {
  if (ratio === null) return `  ${name}: too little was seen`;
  const { low, high, numeratorValue, denominatorValue, sampleSize } = ratio;
  return (
    `  ${ratio.ratio.toFixed(2).padStart(6)}  (${low.toFixed(2)} to ${high.toFixed(2)})  ${name}: ` +
    `${formatDuration(numeratorValue)} / ${formatDuration(denominatorValue)}, n = ${formatCount(sampleSize)}`
  );
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5) ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

function capacityInWords(seen: readonly CapacitySeen[]): readonly string[] {
  const paths = [...new Set(seen.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const rates = (tool: CapacitySeen["tool"]) =>
      seen
        .filter((each) => each.tool === tool && each.path === path)
        .map(({ ratePerSecond }) => ratePerSecond);
    const tools = [...new Set(seen.map(({ tool }) => tool))].map((tool) => {
      const own = seen.filter((each) => each.tool === tool && each.path === path);
      const wrong = own.reduce((sum, { notRight }) => sum + notRight, 0);
      const cost = median(own.map(({ processorUsPerAnswer }) => processorUsPerAnswer));
      return (
        `  ${tool.padEnd(10)} ${path}: ${spread(rates(tool))} requests per second, ` +
        `${cost.toFixed(0)} µs of processor time for each, ${formatCount(wrong)} not right`
      );
    });
    // Round by round, because the machine changes more between rounds than the tools differ.
    const paired = rates("autocannon").flatMap((rate, round) => {
      const other = rates("wrk")[round];
      return other === undefined ? [] : [rate / other];
    });
    if (paired.length === 0) return [...tools, "  wrk: not run, it is not installed"];
    const [low, high] = [Math.min(...paired), Math.max(...paired)];
    const ratio = median(paired).toFixed(2);
    return [
      ...tools,
      `  ${ratio.padStart(6)}  (${low.toFixed(2)} to ${high.toFixed(2)} in ${paired.length} rounds)  autocannon / wrk`,
    ];
  });
}

/** Interleaved ratios and capacity of the kept stack. */
async function benchStack(stack: ProductionStack): Promise<void> {
  progress("interleaved ratios: one load, then a static one idle and loaded in turns");
  const { ratios, processorUsPerRequest, doubt, failures } = await ratiosOf(stack);
  print("Ratios of service times on kept connections, with the interval at 99 %");
  for (const line of ratios.map(ratioInWords)) print(line);
  if (failures > 0) print(`  ${formatCount(failures)} requests did not succeed`);
  if (doubt !== null) print(`  in doubt: ${doubt}`);
  progress("capacity: clients that ask again as soon as they are answered");
  const seen = await capacityOf(stack);
  print("Capacity through the gateway, 10 connections, over TLS");
  for (const line of capacityInWords(seen)) print(line);
  print(`  own generator: ${processorUsPerRequest.toFixed(0)} µs of processor time per request`);
}

/** @returns `noGo` when the generator is wrong about something and does not say so itself */
export async function bench(): Promise<number> {
  progress("generator against servers of known behaviour");
  const truths = await generatorAgainstTruth();
  print("Generator against the truth");
  for (const line of truths.map(truthInWords)) print(line);
  progress("cost of the tools themselves, on a server that does nothing");
  const { seen, ownProcessorUsPerRequest } = await costOfTools();
  print("Tools on a server that does nothing, 10 connections, plain");
  for (const line of capacityInWords(seen)) print(line);
  print(`  own generator: ${ownProcessorUsPerRequest.toFixed(0)} µs of processor time per request`);
  const warm = readWarmStack();
  if (warm === null) {
    print("Ratios and capacity: not run, no stack is kept; npm run up first");
  } else {
    await requireEngineHere("loading a stack");
    await benchStack(new ProductionStack(warm.handle));
  }
  return truths.some(({ isRight }) => isRight === false) ? exitCodes.noGo : exitCodes.go;
}
