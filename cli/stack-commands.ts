/** `up`, `down` and `clean`: the stack without a suite. */

import { prepareImages } from "../stack/build.ts";
import { listResources, removeDeadRuns, removeRun } from "../stack/leftovers.ts";
import { production } from "../stack/origin.ts";
import { keptOwner } from "../stack/owner.ts";
import { ProductionStack, serverName, startProductionStack } from "../stack/production-stack.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { removeDeadBrowserDirectories } from "./browser-directory.ts";
import { print, progress } from "./console.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { preflight, requireEngineHere } from "./preflight.ts";
import { newRunId } from "./run-id.ts";
import { startDeadlineMs } from "./session.ts";
import { Cancellation, CancelledError, exitCodeOf } from "./signals.ts";
import { forgetWarmStack, noteWarmStack, removeKept } from "./warm-stack.ts";

async function printAddresses(stack: ProductionStack): Promise<void> {
  const address = await stack.address();
  const { host, httpsPort, httpPort, grafanaPort } = address;
  print(
    `https://${serverName}:${httpsPort}/  at ${host}, certificate authority ${stack.handle.installation}/ca.pem`,
  );
  print(`https://localhost:${httpsPort}/  the same by another name`);
  print(`http://localhost:${httpPort}/  redirects`);
  print(`http://localhost:${address.prometheusPort}/  Prometheus`);
  print(`http://localhost:${address.alertmanagerPort}/  Alertmanager`);
  if (grafanaPort !== null) {
    const password = `${stack.handle.installation}/grafana_admin_password`;
    print(`http://localhost:${grafanaPort}/  Grafana, user admin, password in ${password}`);
  }
  print("next: npm run suite -- tls; npm run down");
}

async function startKept(ports: HostPorts, cancellation: Cancellation): Promise<ProductionStack> {
  await preflight(process.cwd(), ports);
  await removeDeadRuns();
  const images = await prepareImages({
    origin: production,
    log: progress,
    signal: cancellation.signal,
  });
  await removeKept();
  const stack = await startProductionStack({
    runId: newRunId(),
    origin: production,
    imageEnvironment: images.environment,
    ports,
    deadlineMs: startDeadlineMs,
    keep: true,
    reaper: false,
    onProgress: progress,
    signal: cancellation.signal,
  });
  noteWarmStack(stack, images);
  return stack;
}

/** Starts a stack that stays; one that was kept before is replaced. */
export async function up(ports: HostPorts): Promise<number> {
  using cancellation = new Cancellation((signal) => progress(`${signal}: removing the stack`));
  try {
    await printAddresses(await startKept(ports, cancellation));
    return exitCodes.go;
  } catch (error) {
    if (error instanceof CancelledError) return exitCodeOf(error.signal);
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      error instanceof Error ? error.message : String(error),
      exitCodes.harness,
      { cause: error },
    );
  }
}

async function removeEveryKept(): Promise<string[]> {
  const resources = await listResources();
  const kept = new Set(
    resources.filter(({ owner }) => owner === keptOwner).map(({ runId }) => runId),
  );
  for (const runId of kept) await removeRun(runId);
  forgetWarmStack();
  return [...kept];
}

/** @param allowRemote whether an engine on another machine is meant, and not a forgotten setting */
async function requireMeantEngine(command: string, allowRemote: boolean): Promise<void> {
  if (allowRemote) return;
  await requireEngineHere(
    `removing stacks (${command} with --allow-remote-engine removes there too)`,
  );
}

/** Removes the kept stack. */
export async function down(allowRemote: boolean): Promise<number> {
  await requireMeantEngine("down", allowRemote);
  const removed = await removeKept();
  print(removed.length === 0 ? "no stack was kept" : `removed ${removed.join(", ")}`);
  return exitCodes.go;
}

/** Removes what dead runs left, and every kept stack; live runs are left alone. */
export async function clean(allowRemote: boolean): Promise<number> {
  await requireMeantEngine("clean", allowRemote);
  const removed = [
    ...(await removeDeadRuns()),
    ...(await removeEveryKept()),
    ...(await removeDeadBrowserDirectories()),
  ];
  print(removed.length === 0 ? "nothing to remove" : `removed ${removed.join(", ")}`);
  return exitCodes.go;
}
