/** Endings of commands that start a stack. */

import { listResources } from "../../stack/leftovers.ts";
import { expects } from "./ending.ts";
import type { Disturbance, Ending } from "./ending.ts";
import { EngineDoor } from "./engine-door.ts";
import type { RunningCommand } from "./running-command.ts";
import { SmallDisk } from "./small-disk.ts";

const handshake = "tls/handshake";
const load = "load/sustained-throughput";
const fault = "resilience/replica-pause";
const whole = ["verdict.json", "events.jsonl", "junit.xml", "summary.html", "metrics.txt"];
/** What a process that was killed, or that nobody could write for, leaves of the record. */
const begun = ["verdict.json", "events.jsonl"];

/** Its first container is there, and the stack is not up. */
function stackStarts(command: RunningCommand): Promise<void> {
  return command.reaches("the stack about to start", async () => {
    const started = command.events.find((event) => event.type === "run-started");
    return started !== undefined && (await listResources(started.runId)).length > 0;
  });
}

function underLoad(command: RunningCommand): Promise<void> {
  return command.reaches("rows of traffic", () => command.hasTraffic);
}

function faultActive(command: RunningCommand): Promise<void> {
  return command.reaches("a fault in effect", () =>
    command.events.some((event) => event.type === "fault" && event.moment === "effective"),
  );
}

type Moment = (command: RunningCommand) => Promise<void>;

function signalAt(moment: Moment, name: NodeJS.Signals): () => Disturbance {
  return () => async (command) => {
    await moment(command);
    command.signal(name);
  };
}

const moments = [
  ["set-up", stackStarts, handshake],
  ["load", underLoad, load],
  ["fault", faultActive, fault],
] as const;

const places = {
  "set-up": "while the stack starts",
  load: "while traffic runs",
  fault: "while a replica is frozen",
} as const;

const cancelled = moments.flatMap(([place, moment, claim]) =>
  (["SIGINT", "SIGTERM"] as const).map((name): Ending => ({
    id: `${name.toLowerCase()}-in-${place}`,
    title: `${name} ${places[place]}`,
    needsEngine: true,
    args: ["suite", claim],
    stage: signalAt(moment, name),
    expected: expects({
      exitCode: name === "SIGINT" ? 130 : 143,
      verdict: "INCONCLUSIVE",
      says: new RegExp(`${name}: saving the verdict, removing the stack`),
      files: whole,
    }),
  })),
);

const broken = (says: RegExp) =>
  expects({ exitCode: 3, verdict: "INCONCLUSIVE", says, files: whole });

const measured: readonly Ending[] = [
  {
    id: "all-pass",
    title: "nothing",
    needsEngine: true,
    args: ["suite", handshake],
    expected: expects({ exitCode: 0, verdict: "GO", says: /PASSED \(partial run\)/, files: whole }),
  },
  {
    id: "product-failure",
    title: "a gateway that lets any site read its answers",
    needsEngine: true,
    changesStack: true,
    args: ["suite", "tls/security-headers"],
    stage: (scene) =>
      scene.edit(
        "stack/gateway/snippets/headers.conf",
        "add_header X-DNS-Prefetch-Control off always;",
        "add_header X-DNS-Prefetch-Control off always;\nadd_header Access-Control-Allow-Origin * always;",
      ),
    expected: expects({ exitCode: 1, verdict: "NO_GO", says: /FAILED \(partial/, files: whole }),
  },
  {
    id: "stack-does-not-boot",
    title: "a migration that divides by zero",
    needsEngine: true,
    changesStack: true,
    args: ["suite", handshake],
    stage: (scene) =>
      scene.edit(
        "stack/database/migrations/0001_missions.sql",
        "-- Up Migration\n",
        "-- Up Migration\n\nSELECT 1 / 0;\n",
      ),
    expected: broken(/the stack did not start/),
  },
  {
    id: "suite-without-tests",
    title: "a suite file without a test",
    needsEngine: true,
    args: ["suite", handshake],
    stage: (scene) => scene.replace(`suites/${handshake}.test.ts`, "export {};\n"),
    expected: broken(/No test/i),
  },
  {
    id: "suite-does-not-load",
    title: "a suite file that throws while it is loaded",
    needsEngine: true,
    args: ["suite", handshake],
    stage: (scene) =>
      scene.replace(`suites/${handshake}.test.ts`, 'throw new Error("lost its mind");\n'),
    expected: broken(/lost its mind/),
  },
  {
    id: "suite-crashes",
    title: "a suite that ends its thread in the middle of a test",
    needsEngine: true,
    args: ["suite", handshake],
    stage: (scene) =>
      scene.edit(
        `suites/${handshake}.test.ts`,
        "const seen = await probes.handshakes();",
        "const seen = await probes.handshakes();\n  process.exit(0);",
      ),
    expected: broken(/tls\/handshake: broken/),
  },
];

const cutOff: readonly Ending[] = [
  {
    id: "engine-dies",
    title: "the engine's socket is gone while a replica is frozen",
    needsEngine: true,
    args: ["suite", fault],
    stage: async (scene) => {
      const door = await EngineDoor.open(scene, "engine");
      return async (command) => {
        await faultActive(command);
        command.disturbed();
        await door.cut();
      };
    },
    expected: {
      ...broken(/when the engine is back: npm run clean/),
      removedBy: "next start",
    },
  },
  {
    id: "killed",
    title: "SIGKILL while a replica is frozen",
    needsEngine: true,
    args: ["suite", fault],
    stage: signalAt(faultActive, "SIGKILL"),
    expected: expects({
      exitCode: 137,
      verdict: "INCONCLUSIVE",
      says: /fault|claim/,
      files: begun,
      removedBy: "next start",
    }),
  },
  {
    id: "reader-gone",
    title: "whoever reads what it tells goes away while traffic runs",
    needsEngine: true,
    args: ["suite", load],
    stage: () => async (command) => {
      await underLoad(command);
      command.stopReading();
    },
    expected: expects({ exitCode: 0, verdict: "GO", says: /stack: up/, files: whole }),
  },
  {
    id: "second-signal",
    title: "SIGINT while a replica is frozen, and once more at once",
    needsEngine: true,
    args: ["suite", fault],
    stage: () => async (command) => {
      await faultActive(command);
      command.signal("SIGINT");
      await command.says(/SIGINT: saving the verdict/);
      await command.insists("SIGINT");
    },
    expected: expects({
      exitCode: 130,
      verdict: "INCONCLUSIVE",
      says: /clean up with: npm run clean/,
      files: begun,
      removedBy: "next start",
    }),
  },
  {
    id: "disk-full-in-load",
    title: "a disk (tmpfs) that fills up while traffic runs",
    needsEngine: true,
    args: ["suite", load],
    stage: async (scene) => {
      const disk = await SmallDisk.mount(scene);
      return async (command) => {
        await underLoad(command);
        command.disturbed();
        await disk.becomeFull();
      };
    },
    expected: expects({
      exitCode: 3,
      verdict: "INCONCLUSIVE",
      says: /no space left on device/,
      files: begun,
    }),
  },
];

export const stackEndings: readonly Ending[] = [...measured, ...cancelled, ...cutOff];
