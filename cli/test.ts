/**
 * `npm test`: the checks, the endings that need no engine, the canaries, then the healthy stack has to
 * be GO; counted in one closing line.
 */

import type { HostPorts } from "../stack/production-stack.ts";
import { tryCanaries } from "./canaries/run.ts";
import { runChecks } from "./check.ts";
import { claimsOf } from "./claims.ts";
import { print } from "./console.ts";
import { bringAboutAll, endingsNamed } from "./endings/endings.ts";
import { exitCodes } from "./exit-codes.ts";
import { newSeed } from "./seed.ts";
import { validate } from "./validate.ts";

/**
 * Each check, all canaries together, each criterion: one each. What was not measured has failed, unless
 * the verdict says that this stack cannot have it and is GO without it.
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
    isGo,
  ];
  const passed = states.filter(Boolean).length;
  print(`${passed} passed, ${states.length - passed} failed`);
  return passed === states.length ? exitCodes.go : verdict.exitCode || exitCodes.noGo;
}
