/** Which room may import which; the linter holds the same rule, this counts what it looked at. */

import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseSync } from "oxc-parser";

export interface ImportSeen {
  readonly file: string;
  /** Path from the top for our own files, otherwise the package's name. */
  readonly target: string;
}

const rooms = ["stack", "fixtures", "suites", "reports", "cli"] as const;
type Room = (typeof rooms)[number];

const judgementFiles = /^reports\/(?:(?:records|slo|statistics|verdict)\.ts$|oracles\/)/;
const doors = /^fixtures\/(?:index|browser)\.ts$/;
const allureHome = "reports/allure.ts";
const engineHome = "stack/container-control.ts";

function roomOf(path: string): Room | null {
  return rooms.find((room) => path.startsWith(`${room}/`)) ?? null;
}

function isOwnWorld(file: string): boolean {
  // Components that ship have dependencies of their own and import nothing of the suite.
  return !/^stack\/(?:server|client|database)\//.test(file);
}

function allowedFor(room: Room, target: string): boolean {
  const own = roomOf(target);
  switch (room) {
    case "reports":
    case "stack":
      return own === null || own === room;
    case "fixtures":
      return own === null || own === room || own === "stack" || judgementFiles.test(target);
    case "suites":
      return doors.test(target);
    case "cli":
      return true;
    default:
      return room satisfies never;
  }
}

function packageFault({ file, target }: ImportSeen): string | null {
  const room = roomOf(file);
  if (target === "dockerode" && file !== engineHome) return `only ${engineHome} may import it`;
  if (target.startsWith("allure-") && file !== allureHome)
    return `only ${allureHome} may import it`;
  if (target === "testcontainers" && room !== "stack") return "only stack/ may import it";
  if (/^vitest(\/|$)/.test(target) && room === "stack" && !file.includes(".test.")) {
    return "stack/ knows no test runner";
  }
  return null;
}

/** What is wrong with one import; `null` when it is allowed. */
export function faultOf(seen: ImportSeen): string | null {
  const room = roomOf(seen.file);
  if (room === null || !isOwnWorld(seen.file)) return null;
  const why = allowedFor(room, seen.target) ? packageFault(seen) : `${room}/ may not import it`;
  return why === null ? null : `${seen.file} imports ${seen.target}: ${why}`;
}

function importsOf(file: string, source: string): ImportSeen[] {
  const { module } = parseSync(file, source);
  const names = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
      source.slice(start, end).replaceAll(/^["'`]|["'`]$/g, ""),
    ),
  ];
  return names.map((name) => ({
    file,
    target: name.startsWith(".") ? posix.normalize(posix.join(dirname(file), name)) : name,
  }));
}

/** Every import of every source file in the five rooms below a folder. */
export function importsBelow(root: string): ImportSeen[] {
  const files = globSync(`{${rooms.join(",")}}/**/*.{ts,tsx}`, {
    cwd: root,
    exclude: (path) => /(?:^|\/)(?:node_modules|dist|runs)$/.test(path),
  });
  return files.flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")));
}
