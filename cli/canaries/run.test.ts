import { expect, test } from "vitest";
import type { Canary } from "./canary.ts";
import { tryCanary } from "./run.ts";

/** Copies a suite and loads it: cheap, and not so cheap on a busy machine. */
const timeout = 30_000;

const inverted: Canary = {
  id: "inverted",
  defect: "a comparison the wrong way round",
  edits: [
    {
      file: "reports/oracles/duplicates.ts",
      find: "finding.witnesses.length > 0",
      replace: "finding.witnesses.length < 0",
    },
  ],
  check: "oracle duplicates",
  reason: "a sick record: expected failed, saw passed",
};

test("a defect that a check sees is noticed, and told with its words", { timeout }, async () => {
  const result = await tryCanary(inverted);
  expect(result).toMatchObject({ id: "inverted", state: "noticed" });
  expect(result.complaint).toContain(inverted.reason);
});

test(
  "a change that harms nothing is not noticed, and another reason does not count",
  { timeout },
  async () => {
    const find = "Decides a run from its events alone";
    const edits = [{ file: "reports/verdict.ts", find, replace: "Decides a run" }];
    expect((await tryCanary({ ...inverted, edits })).state).toBe("unnoticed");
    const otherwise = { ...inverted, reason: "the moon is full" };
    expect((await tryCanary(otherwise)).state).toBe("red for another reason");
  },
);

test("an import that breaks is red for another reason", { timeout }, async () => {
  const edits = [
    {
      file: "reports/oracles/duplicates.ts",
      find: 'from "../phases.ts"',
      replace: 'from "./no.ts"',
    },
  ];
  expect((await tryCanary({ ...inverted, edits })).state).toBe("red for another reason");
});
