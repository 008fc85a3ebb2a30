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

test.each([
  ["playwright.config.ts", `  use: { ${"ignore"}HTTPSErrors: true },`],
  ["fixtures/browser.ts", `args: ["--ignore-${"certificate"}-errors-spki-list=x"],`],
  ["fixtures/browser.ts", `const context = { ${"bypass"}CSP: true };`],
  ["fixtures/browser.ts", `${"ignore"}DefaultArgs: true`],
  ["suites/tls/one.test.ts", `rejectUnauthorized${":"} false,`],
  ["fixtures/traffic/exchange.ts", `options.rejectUnauthorized ${"="} isStrict;`],
  ["package.json", `"suite": "NODE_TLS_${"REJECT"}_UNAUTHORIZED=0 node cli/main.ts suite",`],
])("a flag planted in %s is found: %s", (file, line) => {
  expect(findingsWith(file, line)).toEqual([{ place: `${file}:2`, line: line.trim() }]);
});

test("a flag is let through in its home and nowhere else, and asking for a check is no flag", () => {
  const flag = `ignore${"HTTPSErrors"}: true`;

  expect(findingsWith("fixtures/probes/lock/ignoring-context.ts", flag)).toEqual([]);
  expect(findingsWith("fixtures/probes/lock/defences.ts", flag)).toHaveLength(1);
  expect(findingsWith("cli/a.ts", `rejectUnauthorized${":"} true`)).toEqual([]);
});
