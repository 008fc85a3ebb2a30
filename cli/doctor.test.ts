import { expect, test } from "vitest";
import { doctorLines, examine } from "./doctor.ts";
import type { Examination } from "./doctor.ts";

const well: Examination = { what: "Node", without: null, look: async () => "v24" };
const gone: Examination = {
  what: "engine",
  without: null,
  look: () => Promise.reject(new Error("it does not answer; run ./setup")),
};
const optional: Examination = {
  what: "Java",
  without: "no Allure report is made",
  look: () => Promise.reject(new Error("java: not found; run ./setup")),
};

test("what is missing stands last, with its fix, and hides nothing", async () => {
  const lines = doctorLines(await examine([gone, well, optional]));

  expect(lines).toEqual([
    "ok       Node    v24",
    "limited  Java    java: not found; run ./setup; no Allure report is made",
    "missing  engine  it does not answer; run ./setup",
    "1 of 3 must be repaired before anything can run",
  ]);
});

test("a machine without Java is ready, and says what it lacks", async () => {
  expect(doctorLines(await examine([well, optional])).at(-1)).toBe("ready, 1 with limits");
  expect(doctorLines(await examine([well])).at(-1)).toBe("ready");
});
