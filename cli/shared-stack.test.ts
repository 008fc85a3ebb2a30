import { expect, test } from "vitest";
import { mutants } from "../stack/mutants/index.ts";
import { canShareStack } from "./shared-stack.ts";

const edit = (file: string) => ({ file, find: "a", replace: "b" });
const claim = "tls/security-headers";

test("what is in the gateway and its certificate alone shares a stack", () => {
  expect(canShareStack({ claim, overlay: { edits: [edit("gateway/nginx.conf")] } })).toBe(true);
  expect(canShareStack({ claim, overlay: { certificate: { ageDays: 100 } } })).toBe(true);
});

test.each([
  ["another component", { edits: [edit("gateway/nginx.conf"), edit("server/Dockerfile")] }],
  ["the composition", { edits: [edit("compose.yaml")] }],
  ["statements", { sql: ["SELECT 1"] }],
  ["variables", { variables: { SERVER_NAME: "other" } }],
])("%s needs a stack of its own", (_what, overlay) => {
  expect(canShareStack({ claim, overlay })).toBe(false);
});

test("a claim that hurts the stack shares it with nobody", () => {
  const overlay = { edits: [edit("gateway/nginx.conf")] };
  expect(canShareStack({ claim: "resilience/replica-kill", overlay })).toBe(false);
});

test("of the catalogue, nearly everything about TLS and headers shares one", () => {
  const about = mutants.filter(({ area }) => area === "tls" || area === "headers");
  expect(about.length).toBeGreaterThan(30);
  expect(about.filter((mutant) => !canShareStack(mutant)).map(({ id }) => id)).toEqual([
    "headers-lost-in-errors",
  ]);
});
