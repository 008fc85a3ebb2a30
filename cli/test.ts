/**
 * `npm test`: the checks, the endings that need no engine, the canaries, then the healthy stack has to
 * be GO and the cheap mutants have to be caught; counted in one closing line.
 */

import { mutants as catalogue } from "../stack/mutants/index.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { tryCanaries } from "./canaries/run.ts";
import { runChecks } from "./check.ts";
import { claimsOf } from "./claims.ts";
import { print } from "./console.ts";
import { bringAboutAll, endingsNamed } from "./endings/endings.ts";
import { exitCodes } from "./exit-codes.ts";
import { isCheap } from "./mutant-choice.ts";
import { tryMutants } from "./mutants.ts";
import { newSeed } from "./seed.ts";
import { validate } from "./validate.ts";

/** From here on an exit code names the signal that ended a command. */
const cancelledFrom = 128;

/** All that take seconds; none after a signal, which meant everything. */
async function cheapMutants(ports: HostPorts, before: number): Promise<number> {
  if (before >= cancelledFrom) return before;
  const mutants = catalogue.filter(isCheap);
  return await tryMutants({
    mutants,
    command: "npm test",
    ports,
    seed: newSeed(),
    lanes: 1,
    keepsTrack: false,
  });
}

/**
 * Each check, all canaries together, all mutants together, each criterion: one each. What was not
 * measured has failed, unless the verdict says that this stack cannot have it and is GO without it.
 */
export async function test(ports: HostPorts): Promise<number> {
  const early = await runChecks();
  const endings = await bringAboutAll(endingsNamed([], false));
  const canaries = await tryCanaries();
  const verdict = await validate({
    claims: claimsOf("release"),
    profile: "release",
    command: "npm test",
    ports,
    seed: newSeed(),
    warm: null,
  });
  const mutants = await cheapMutants(ports, verdict.exitCode);
  // What waited for an engine or for images has them now.
  const notRun = early.filter((check) => check.state === "not run").map(({ name }) => name);
  const late = notRun.length === 0 ? [] : await runChecks(notRun);
  const checks = [...early.filter(({ name }) => !notRun.includes(name)), ...late];
  const isGo = verdict.exitCode === exitCodes.go;
  const criteria = verdict.criteria.filter(({ state }) => !isGo || state !== "not-measured");
  const states = [
    ...checks.map((check) => check.state === "passed"),
    canaries === exitCodes.go,
    ...criteria.map(({ state }) => state === "passed"),
    endings === exitCodes.go,
    mutants === exitCodes.go,
    isGo,
  ];
  const passed = states.filter(Boolean).length;
  print(`${passed} passed, ${states.length - passed} failed`);
  return passed === states.length ? exitCodes.go : verdict.exitCode || mutants || exitCodes.noGo;
}
