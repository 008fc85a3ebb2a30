/**
 * Kills the process when its main thread has been blocked for longer than `limits.watchdogMs`.
 *
 * An orchestrator that only restarts what has ended does not help a process that hangs; this one
 * ends it. Signal 9 does not reach the first process of a container from within: run the container
 * with an init.
 */
import { Worker } from "node:worker_threads";
import { limits } from "../limits.ts";

const INTERVAL_MS = 250;

/** Starts watching; returns the way to end it. */
export function startWatchdog(blockedMs: number = limits.watchdogMs): () => Promise<void> {
  const heartbeat = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const beats = new Int32Array(heartbeat);
  const timer = setInterval(() => Atomics.add(beats, 0, 1), INTERVAL_MS);
  timer.unref();
  const worker = new Worker(new URL("./watchdog-worker.ts", import.meta.url), {
    workerData: {
      heartbeat,
      intervalMs: INTERVAL_MS,
      turnsMax: Math.ceil(blockedMs / INTERVAL_MS),
    },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 },
  });
  worker.unref();
  return async () => {
    clearInterval(timer);
    await worker.terminate();
  };
}
