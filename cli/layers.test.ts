import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { faultOf, importsBelow } from "./layers.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

test("no room imports what it must not, and the check saw the imports", () => {
  const seen = importsBelow(root);
  expect(seen.flatMap((each) => faultOf(each) ?? [])).toEqual([]);
  expect(seen.length).toBeGreaterThan(150);
  for (const room of ["stack", "fixtures", "suites", "reports", "cli"]) {
    expect(seen.filter(({ file }) => file.startsWith(`${room}/`)).length, room).toBeGreaterThan(5);
  }
});

test("a planted violation is found in a real file", () => {
  const planted = mkdtempSync(join(tmpdir(), "layers-"));
  try {
    mkdirSync(join(planted, "suites/tls"), { recursive: true });
    writeFileSync(
      join(planted, "suites/tls/planted.test.ts"),
      'import { slo } from "../../reports/slo.ts";\nawait import("../../stack/engine.ts");\n',
    );
    expect(importsBelow(planted).map(faultOf)).toEqual([
      "suites/tls/planted.test.ts imports reports/slo.ts: suites/ may not import it",
      "suites/tls/planted.test.ts imports stack/engine.ts: suites/ may not import it",
    ]);
  } finally {
    rmSync(planted, { recursive: true });
  }
});

test.each([
  ["reports/summary.ts", "stack/engine.ts"],
  ["reports/summary.ts", "testcontainers"],
  ["reports/summary.ts", "allure-js-commons"],
  ["stack/images.ts", "reports/slo.ts"],
  ["stack/images.ts", "dockerode"],
  ["stack/images.ts", "vitest"],
  ["fixtures/experiment.ts", "cli/main.ts"],
  ["fixtures/experiment.ts", "reports/run-store.ts"],
  ["suites/tls/handshake.test.ts", "fixtures/experiment.ts"],
  ["suites/tls/handshake.test.ts", "node:fs"],
])("%s may not import %s", (file, target) => {
  expect(faultOf({ file, target })).not.toBeNull();
});

test.each([
  ["reports/allure.ts", "allure-js-commons"],
  ["stack/container-control.ts", "dockerode"],
  ["fixtures/experiment.ts", "reports/oracles/balance.ts"],
  ["suites/tls/handshake.test.ts", "fixtures/index.ts"],
  ["cli/main.ts", "reports/run-store.ts"],
])("%s may import %s", (file, target) => {
  expect(faultOf({ file, target })).toBeNull();
});
