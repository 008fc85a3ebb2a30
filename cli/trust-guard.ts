/** Looks for whatever makes a client trust a server that it must not trust; each has one home. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is looked for, put together here so that this file does not hold it itself. */
const ignoring: readonly { readonly words: RegExp; readonly homes: readonly string[] }[] = [
  {
    words: new RegExp(["ignore", "HTTPSErrors"].join("")),
    homes: ["fixtures/probes/lock/ignoring-context.ts"],
  },
  { words: new RegExp(["ignore", "certificate", "errors"].join("-")), homes: [] },
  { words: new RegExp(["ignore", "Default", "Args"].join("")), homes: [] },
  { words: new RegExp(["bypass", "CSP"].join("")), homes: [] },
  { words: new RegExp(["NODE_TLS", "REJECT_UNAUTHORIZED"].join("_")), homes: [] },
  {
    words: new RegExp(`${["reject", "Unauthorized"].join("")}["']?\\s*[:=](?!\\s*true)`),
    // They look at chains of any kind, and tell the verdict on each.
    homes: ["fixtures/probes/handshake.ts", "fixtures/probes/tls/connection.ts"],
  },
];

const looked = [
  "{cli,fixtures,suites}/**/*.{ts,js,mjs,json}",
  "reports/*.ts",
  "reports/oracles/*.ts",
  "stack/*.ts",
  "*.{ts,json}",
  "setup",
  ".ci/*",
];

export interface TrustFinding {
  /** Path below the top, with the number of the line. */
  readonly place: string;
  readonly line: string;
}

function findingsIn(file: string, source: string): readonly TrustFinding[] {
  const forbidden = ignoring.filter(({ homes }) => !homes.includes(file));
  return source
    .split("\n")
    .flatMap((line, index) =>
      forbidden.some(({ words }) => words.test(line))
        ? [{ place: `${file}:${index + 1}`, line: line.trim() }]
        : [],
    );
}

/** Flags outside their homes, in every file of ours below a folder that could set one. */
export function findIgnoringFlags(root: string): {
  readonly findings: readonly TrustFinding[];
  readonly files: readonly string[];
} {
  const files = looked
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => file !== "package-lock.json")
    .toSorted();
  const findings = files.flatMap((file) =>
    findingsIn(file, readFileSync(join(root, file), "utf8")),
  );
  return { findings, files };
}
