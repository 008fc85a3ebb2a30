import { expect, test } from "vitest";
import { endings } from "./catalogue.ts";
import { bringAbout } from "./bring-about.ts";
import type { Ending, SeenEnd } from "./ending.ts";
import { endingsNamed } from "./endings.ts";
import { differencesOf, endingTable, exitCodeOf } from "./judge-ending.ts";

const expected = {
  exitCode: 130,
  verdict: "INCONCLUSIVE",
  says: /removing the stack/,
  files: ["verdict.json"],
  removedBy: "itself",
} as const;
const seen: SeenEnd = {
  exitCode: 130,
  verdict: "INCONCLUSIVE",
  measuredCount: 0,
  output: "SIGINT: saving the verdict, removing the stack",
  missingFiles: [],
  leftAtOnce: [],
  left: [],
  durationMs: 30_000,
  afterDisturbanceMs: 3_000,
};

test("an ending that is as expected has no difference", () => {
  expect(differencesOf(expected, seen)).toEqual([]);
});

test.each([
  [{ exitCode: 1 }, "exit code 1, expected 130"],
  [{ verdict: "NO_GO" }, "verdict NO_GO, expected INCONCLUSIVE"],
  [{ output: "Aborted" }, "it does not say /removing the stack/"],
  [{ missingFiles: ["junit.xml"] }, "junit.xml is missing or empty"],
  [{ leftAtOnce: ["container a"] }, "left for others to remove: container a"],
  [{ left: ["volume b"], leftAtOnce: ["volume b"] }, "left behind: volume b"],
  [{ exitCode: 0 }, "the exit code 0 without a good verdict"],
  [{ verdict: "GO" }, "a good verdict without a measurement"],
] as const)("%o is seen", (change, difference) => {
  expect(differencesOf(expected, { ...seen, ...change }).join("\n")).toContain(difference);
});

test("what the next start removes may be left until then, and not for longer", () => {
  const left = { ...seen, leftAtOnce: ["container a"] };
  const byNext = { ...expected, removedBy: "next start" } as const;

  expect(differencesOf(byNext, left)).toEqual([]);
  expect(differencesOf(byNext, { ...left, left: ["container a"] })).not.toEqual([]);
});

test("a good verdict without a measurement is a difference even where it is expected", () => {
  const good = { ...expected, exitCode: 0, verdict: "GO" } as const;

  expect(differencesOf(good, { ...seen, exitCode: 0, verdict: "GO" })).not.toEqual([]);
});

function called(id: string): Ending {
  const [ending] = endingsNamed([id], true);
  if (ending === undefined) throw new Error(`no ending is called ${id}`);
  return ending;
}

test("an expectation that is wrong is found by the real command", async () => {
  const ending = called("unknown-flag");
  const right = await bringAbout(ending);
  const wrong = await bringAbout({
    ...ending,
    expected: { ...ending.expected, exitCode: 0, verdict: "GO" },
  });

  expect(right.differences).toEqual([]);
  expect(wrong.differences).toEqual(["exit code 64, expected 0", "verdict none, expected GO"]);
  expect(exitCodeOf([right])).toBe(0);
  expect(exitCodeOf([right, wrong])).toBe(1);
  expect(endingTable([wrong]).join("\n")).toMatch(/\| 0 \/ 64 \| GO \/ none \|.*\| NO \|/);
});

test("an ending that cannot be brought about is not as expected", async () => {
  const stage = () => {
    throw new Error("no such file");
  };
  const result = await bringAbout({ ...called("unknown-flag"), stage });

  expect(result.differences).toEqual(["it was not brought about: no such file"]);
});

test("what this machine cannot have is not green, and nor is nothing at all", () => {
  const ending = called("disk-full-reporting");

  expect(exitCodeOf([{ ending, seen: null, differences: [], impossible: "needs root" }])).toBe(69);
  expect(exitCodeOf([])).toBe(69);
});

test("names are refused in words, and ids are used once", () => {
  expect(() => endingsNamed(["sigint"], true)).toThrow(/"sigint"; endings: no-test-named/);
  expect(() => endingsNamed(["killed"], false)).toThrow(/no ending is meant by "killed"/);
  expect(new Set(endings.map(({ id }) => id)).size).toBe(endings.length);
});
