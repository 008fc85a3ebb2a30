import { randomInt } from "node:crypto";
import { CommandError, exitCodes } from "./exit-codes.ts";

const seedMax = 999_999;

/** Decides what a run chooses at random; written into its record, so that it can be done again. */
export function newSeed(): number {
  return randomInt(seedMax + 1);
}

/** The seed of an earlier run as it was typed. @throws CommandError when it cannot be one */
export function seedFrom(text: string): number {
  const seed = Number(text);
  if (/^\d{1,6}$/.test(text) && seed <= seedMax) return seed;
  throw new CommandError(
    `--seed is "${text}": allowed is a whole number from 0 to ${seedMax}, as a summary shows it`,
    exitCodes.usage,
  );
}
