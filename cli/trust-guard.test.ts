import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findIgnoringFlags } from "./trust-guard.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

function findingsWith(file: string, line: string) {
  const planted = mkdtempSync(join(tmpdir(), "trust-guard-"));
  try {
    mkdirSync(join(planted, dirname(file)), { recursive: true });
    writeFileSync(join(planted, file), `// A file.\n${line}\n`);
    return findIgnoringFlags(planted).findings;
  } finally {
    rmSync(planted, { recursive: true });
  }
}

test("no client of ours trusts what it must not, and every file was looked at", () => {
  const { findings, files } = findIgnoringFlags(root);

  expect(findings).toEqual([]);
  expect(files.length).toBeGreaterThan(150);
  expect(files).toContain("playwright.config.ts");
  expect(files).toContain("fixtures/probes/lock/ignoring-context.ts");
});

/** Keeps a flag that is meant here from being found in this very file. */
function joined(...parts: readonly string[]): string {
  return parts.join("");
}

test.each([
  ["playwright.config.ts", joined("  use: { ignore", "HTTPSErrors: true },")],
  ["fixtures/browser.ts", joined('args: ["--ignore-', 'certificate-errors-spki-list=x"],')],
  ["fixtures/browser.ts", joined("const context = { bypass", "CSP: true };")],
  ["fixtures/browser.ts", joined("ignore", "DefaultArgs: true")],
  ["suites/tls/one.test.ts", joined("rejectUnauthorized", ": false,")],
  ["fixtures/traffic/exchange.ts", joined("options.rejectUnauthorized ", "= isStrict;")],
  ["package.json", joined('"suite": "NODE_TLS_', 'REJECT_UNAUTHORIZED=0 node cli/main.ts suite",')],
])("a flag planted in %s is found: %s", (file, line) => {
  expect(findingsWith(file, line)).toEqual([{ place: `${file}:2`, line: line.trim() }]);
});

test("a flag is let through in its home and nowhere else, and asking for a check is no flag", () => {
  const flag = joined("ignore", "HTTPSErrors: true");

  expect(findingsWith("fixtures/probes/lock/ignoring-context.ts", flag)).toEqual([]);
  expect(findingsWith("fixtures/probes/lock/defences.ts", flag)).toHaveLength(1);
  expect(findingsWith("cli/a.ts", joined("rejectUnauthorized", ": true"))).toEqual([]);
});
