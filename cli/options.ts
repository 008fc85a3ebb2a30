/** Options that several commands share. */

import { InvalidArgumentError, Option } from "commander";
import { profiles } from "../reports/manifest.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { newSeed, seedFrom } from "./seed.ts";

const repeatMax = 100;
const rotateDaysMax = 366;
const lanesMax = 4;

function portFrom(variable: string): number {
  const text = process.env[variable] ?? "0";
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new CommandError(
    `${variable} is "${text}": allowed is a port from 0 (any) to 65535`,
    exitCodes.usage,
  );
}

export function hostPorts(): HostPorts {
  return {
    HTTPS_PORT: portFrom("HTTPS_PORT"),
    HTTP_PORT: portFrom("HTTP_PORT"),
    PROMETHEUS_PORT: portFrom("PROMETHEUS_PORT"),
    ALERTMANAGER_PORT: portFrom("ALERTMANAGER_PORT"),
    GRAFANA_PORT: portFrom("GRAFANA_PORT"),
  };
}

export function seedOption(): Option {
  return new Option("--seed <number>", "decides what is chosen at random, to do a run again")
    .argParser(seedFrom)
    .default(newSeed(), "a new one for every run");
}

export function dryRunOption(): Option {
  return new Option("--dry-run", "say what would be hurt and how it is undone, and start nothing");
}

export function jsonOption(): Option {
  return new Option("--json", "the result as JSON on standard output, all else on standard error");
}

export function strictOption(): Option {
  return new Option("--strict", "a warning costs the exit code 1");
}

export function keepOption(): Option {
  return new Option("--keep", "leave a stack that this run starts up for the next `suite`");
}

export function profileOption(): Option {
  return new Option("-p, --profile <name>", "which claims a full run must contain").choices(
    profiles,
  );
}

export function repeatOption(): Option {
  return new Option("--repeat <times>", "measure each claim so often; one failure is a failure")
    .argParser(wholeNumberTo(repeatMax))
    .default(1);
}

export function rotateOption(): Option {
  return new Option(
    "--rotate <days>",
    "the part of this day of those that are not cheap: all have their turn in so many days",
  ).argParser(wholeNumberTo(rotateDaysMax));
}

export function lanesOption(): Option {
  return new Option(
    "--lanes <count>",
    "so many mutants beside each other; what stays unknown then is tried again alone",
  )
    .argParser(wholeNumberTo(lanesMax))
    .default(1);
}

/** A reader of arguments; it throws an InvalidArgumentError for anything but a number from 1 on. */
function wholeNumberTo(max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,3}$/.test(text) && number >= 1 && number <= max) return number;
    throw new InvalidArgumentError(`allowed is a whole number from 1 to ${max}.`);
  };
}

/** For removing alone: nothing is ever started, hurt or loaded on another machine. */
export function remoteOption(): Option {
  return new Option("--allow-remote-engine", "remove also where the engine is not on this machine");
}

/** Closing words of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
