/** Every way in which a command may end. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expects } from "./ending.ts";
import type { Ending } from "./ending.ts";
import { EngineDoor } from "./engine-door.ts";
import type { Scene } from "./scene.ts";
import { SmallDisk } from "./small-disk.ts";
import { stackEndings } from "./stack-endings.ts";
import { storeDamagedRun, storeRun } from "./stored-run.ts";

const refused = (says: RegExp) => expects({ exitCode: 64, verdict: "none", says });

function withoutPrograms(scene: Scene): void {
  const empty = join(scene.directory, "no-programs");
  mkdirSync(empty);
  Object.assign(scene.environment, { PATH: empty, JAVA_HOME: "" });
}

const handshake = "tls/handshake";
const waiver =
  '{"criterion":"VP-2.handshake","reason":"as agreed","owner":"somebody","expires":"2020-01-31"}';

/** Those that end before a stack is there, or never need one. */
const earlyEndings: readonly Ending[] = [
  {
    id: "no-test-named",
    title: "`suite` with no name",
    needsEngine: false,
    args: ["suite"],
    expected: refused(/no suite is named/),
  },
  {
    id: "name-matches-nothing",
    title: "`suite` with a name that nothing is called",
    needsEngine: false,
    args: ["suite", "tls/handshakes"],
    expected: refused(/no suite is called "tls\/handshakes"; suites: /),
  },
  {
    id: "unknown-flag",
    title: "an option that does not exist",
    needsEngine: false,
    args: ["validate", "--profil", "release"],
    expected: refused(/unknown option '--profil'/),
  },
  {
    id: "expired-waiver",
    title: "a waiver whose last day is over",
    needsEngine: false,
    args: ["validate"],
    stage: (scene) =>
      scene.replace("reports/waivers.json", `{"schemaVersion":1,"waivers":[${waiver}]}`),
    expected: refused(/2020-01-31/),
  },
  {
    id: "no-engine",
    title: "no engine behind the socket",
    needsEngine: false,
    args: ["suite", handshake],
    stage: (scene) => {
      scene.environment["DOCKER_HOST"] = `unix://${join(scene.directory, "none.sock")}`;
    },
    expected: expects({ exitCode: 69, verdict: "none", says: /container engine does not answer/ }),
  },
  {
    id: "sigint-before-stack",
    title: "SIGINT while the engine is waited for",
    needsEngine: false,
    args: ["suite", handshake],
    stage: async (scene) => {
      const door = await EngineDoor.open(scene, "nobody");
      return async (command) => {
        await command.reaches("a call to the engine", () => door.callCount > 0);
        command.signal("SIGINT");
      };
    },
    expected: expects({ exitCode: 130, verdict: "none", says: /cancelled by SIGINT/ }),
  },
  {
    id: "corrupt-run-gate",
    title: "`gate --run` of a run with a line that is no event",
    needsEngine: false,
    args: ["gate", "--run", "latest"],
    stage: storeDamagedRun,
    expected: expects({ exitCode: 2, verdict: "INCONCLUSIVE", says: /which is no event/ }),
  },
  {
    id: "corrupt-run-report",
    title: "`report` of the same run",
    needsEngine: false,
    args: ["report"],
    stage: storeDamagedRun,
    expected: expects({ exitCode: 2, verdict: "INCONCLUSIVE", says: /which is no event/ }),
  },
  {
    id: "records-gone",
    title: "`gate --run` of a GO whose records are gone",
    needsEngine: false,
    args: ["gate", "--run", "latest", "--json"],
    stage: (scene) => void storeRun(scene),
    expected: expects({ exitCode: 2, verdict: "INCONCLUSIVE", says: /does not exist/ }),
  },
  {
    id: "no-java",
    title: "`report` where no program is in the path",
    needsEngine: false,
    args: ["report"],
    stage: (scene) => {
      storeRun(scene);
      withoutPrograms(scene);
    },
    expected: expects({
      exitCode: 0,
      verdict: "GO",
      says: /no Allure report: Allure needs Java/,
      files: ["verdict.json", "junit.xml", "summary.html", "metrics.txt"],
    }),
  },
  {
    id: "disk-full-reporting",
    title: "a disk (tmpfs) that is full when `report` begins",
    needsEngine: false,
    args: ["report"],
    stage: async (scene) => {
      const disk = await SmallDisk.mount(scene);
      storeRun(scene);
      await disk.becomeFull();
    },
    // What was decided before stands; that it could not be told is an end of its own.
    expected: expects({
      exitCode: 3,
      verdict: "GO",
      says: /could not write .*no space left on device/,
      files: ["verdict.json"],
    }),
  },
];

export const endings: readonly Ending[] = [...earlyEndings, ...stackEndings];
