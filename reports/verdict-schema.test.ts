import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { earlier, runEvents } from "./hand-made-runs.ts";
import { checkVerdict } from "./shapes.ts";
import { slo } from "./slo.ts";
import { decide, verdictSchemaVersion, type RunVerdict } from "./verdict.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("verdict.schema.json", import.meta.url), "utf8"),
);
// Strict: a word in the schema that means nothing is an error.
const validator = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
const isValid = validator.compile(Object(schema));

/** Every kind of ending, so that every field is there with and without content. */
const endings: Readonly<Record<string, () => RunVerdict>> = {
  "nothing at all": () => decide([]),
  GO: () => decide(runEvents()),
  "NO-GO": () => decide(runEvents({ statuses: { [slo.handshake.id]: "failed" } })),
  unknown: () =>
    decide(runEvents({ statuses: { [slo.handshake.id]: "unknown", [slo.balance.id]: null } })),
  waived: () =>
    decide(runEvents({ statuses: { [slo.handshake.id]: "failed" } }), {
      waivers: [
        { criterion: slo.handshake.id, reason: "r", owner: "o", expires: "2026-12-01" },
        { criterion: slo.balance.id, reason: "r", owner: "o", expires: "2026-12-01" },
      ],
    }),
  "with a past": () => decide(runEvents({ extra: [{ type: "earlier-runs", earlier: earlier() }] })),
  cancelled: () => decide(runEvents({ extra: [{ type: "cancelled", signal: "SIGINT" }] })),
  "with faults": () =>
    decide(
      runEvents({
        extra: [
          {
            type: "fault",
            claim: "resilience/replica-kill",
            fault: "kill",
            target: "server-1",
            moment: "injected",
            atMs: 5,
            detail: "",
          },
          { type: "warning", what: "slow" },
          { type: "harness-error", what: "gone" },
        ],
      }),
    ),
};

function problemsOf(verdict: unknown): string {
  return isValid(verdict) ? "" : validator.errorsText(isValid.errors);
}

test.each(Object.entries(endings))("a verdict is as its schema says: %s", (_, ending) => {
  const stored: unknown = JSON.parse(JSON.stringify(ending()));

  expect(problemsOf(stored)).toBe("");
  expect(() => checkVerdict("reading", stored)).not.toThrow();
});

test("the schema and the code name the same version", () => {
  expect(schema).toMatchObject({
    properties: { schemaVersion: { const: verdictSchemaVersion } },
  });
});

const goodText = () => JSON.stringify(endings["waived"]?.());
const defects: Readonly<Record<string, (text: string) => string>> = {
  "another version": (text) => text.replace('"schemaVersion":2', '"schemaVersion":1'),
  "a verdict that does not exist": (text) =>
    text.replace('"verdict":"GO_WITH_WARNINGS"', '"verdict":"MAYBE"'),
  "a field that nobody knows": (text) => text.replace('"runId":', '"mood":"good","runId":'),
  "a state that does not exist": (text) => text.replace('"state":"waived"', '"state":"forgiven"'),
  "an exit code that does not exist": (text) => text.replace('"exitCode":0', '"exitCode":7'),
  "a digest that is none": (text) => text.replace('"sha256:abc"', '"latest"'),
  "a number as a text": (text) => text.replace('"sampleSize":3000', '"sampleSize":"3000"'),
  "a waiver without a day": (text) => text.replaceAll('"2026-12-01"', '"soon"'),
  "a missing headline": (text) => text.replace('"headline":', '"head":'),
};

test.each(Object.entries(defects))("a verdict with %s is refused", (_, spoil) => {
  const good = goodText();
  const spoilt = spoil(good);

  expect(spoilt).not.toBe(good);
  expect(problemsOf(JSON.parse(spoilt))).not.toBe("");
});

/** All fields of all objects in the schema, each as a path of names. */
function requiredFields(node: unknown, path: string): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  if ("required" in node && Array.isArray(node.required)) {
    return node.required.map((name) => `${path}.${String(name)}`);
  }
  return [];
}

test("no field of the verdict can be left out, by schema and by guard alike", () => {
  const names = requiredFields(schema, "it");

  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const stored: Record<string, unknown> = JSON.parse(goodText());
    delete stored[name.slice("it.".length)];
    expect(problemsOf(stored), name).toContain("required");
    expect(() => checkVerdict("reading", stored), name).toThrow(name);
  }
});

test("the file of waivers has a schema that takes it, and refuses another", () => {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
  const isFile = validator.compile(Object(read("waivers.schema.json")));

  expect(isFile(read("waivers.json"))).toBe(true);
  expect(isFile({ schemaVersion: 1, waivers: [{ criterion: "SC-1" }] })).toBe(false);
});
