/**
 * The watching side of watchdog.ts, in a thread of its own.
 *
 * It counts its own turns and not seconds: when the whole process was frozen, its turns did not
 * happen either, and nobody is blamed for the pause.
 */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

interface WatchdogOrder {
  readonly heartbeat: SharedArrayBuffer;
  readonly intervalMs: number;
  readonly turnsMax: number;
}

function isOrder(value: unknown): value is WatchdogOrder {
  return (
    typeof value === "object" &&
    value !== null &&
    "heartbeat" in value &&
    value.heartbeat instanceof SharedArrayBuffer &&
    "intervalMs" in value &&
    typeof value.intervalMs === "number" &&
    "turnsMax" in value &&
    typeof value.turnsMax === "number"
  );
}

const order: unknown = workerData;
if (!isOrder(order)) {
  throw new Error(
    "start the watchdog: unknown order, allowed: WatchdogOrder; start it by watchdog.ts",
  );
}
const beats = new Int32Array(order.heartbeat);
const { intervalMs, turnsMax } = order;
let seen = Atomics.load(beats, 0);
let turnsWithoutBeat = 0;

setInterval(() => {
  const now = Atomics.load(beats, 0);
  turnsWithoutBeat = now === seen ? turnsWithoutBeat + 1 : 0;
  seen = now;
  if (turnsWithoutBeat >= turnsMax) {
    const blockedMs = turnsWithoutBeat * intervalMs;
    const line = {
      level: "fatal",
      time: new Date().toISOString(),
      blockedMs,
      msg: "the main thread is blocked: the process is killed so that it can be started again",
    };
    // Directly to the descriptor, because the main thread, which would write for us, is the blocked
    // one.
    writeSync(2, `${JSON.stringify(line)}\n`);
    process.kill(process.pid, "SIGKILL");
  }
}, intervalMs);
