import { expect, test } from "vitest";
import { outcomeOfReport } from "./browser-report.ts";

const file = "suites/browser/one.spec.ts";

interface Result {
  readonly status: string;
  readonly errors: readonly { readonly message: string }[];
}

const passed: Result = { status: "passed", errors: [] };

const behind = [
  "\n\n   at ../../fixtures/judge.ts:20\n\n  19 | before\n> 20 | throw\n    at judge (judge.ts:20:5)",
  "\n\n  6 | before\n> 7 | throw\n    at one.spec.ts:7:1",
  "\n    at one.spec.ts:7:1",
  "",
];

function failedWith(message: string, tail = behind[0] ?? ""): Result {
  return { status: "failed", errors: [{ message: `${message}${tail}` }] };
}

function reportOf(results: readonly Result[], expectedStatus = "passed", from = file): string {
  const tests = [{ expectedStatus, results }];
  return JSON.stringify({ errors: [], suites: [{ file: from, specs: [{ tests }], suites: [] }] });
}

function judge(report: string | null, exitCode: number | null = 0) {
  return outcomeOfReport({ exitCode, output: "last words", report }, file);
}

test("one test that ran to its end, with the exit code of success, is a pass", () => {
  expect(judge(reportOf([passed]))).toEqual({ state: "passed", error: null });
});

test("only the two errors of a judgement speak of the product", () => {
  const judgeError = (message: string) => judge(reportOf([failedWith(message)]), 1);

  expect(judgeError("\u001B[31mObjectiveMissedError: seen 2, allowed 1\u001B[39m")).toEqual({
    state: "failed",
    error: "seen 2, allowed 1",
  });
  expect(judgeError("InconclusiveError: too few\nof them")).toEqual({
    state: "unknown",
    error: "too few\nof them",
  });
  expect(judgeError("Error: no browser")).toMatchObject({
    state: "broken",
    error: expect.stringMatching(/^Error: no browser\n.*judge\.ts:20/),
  });
  expect(judgeError("{ a: 1 }").state).toBe("broken");
  expect(judgeError("Test timeout of 90000ms exceeded.").state).toBe("broken");
});

test.each(behind)("source and stack behind a message are no part of it: %j", (tail) => {
  const message = "ObjectiveMissedError: seen 2\nand 3, allowed 1\nother: unknown";

  expect(judge(reportOf([failedWith(message, tail)]), 1)).toEqual({
    state: "failed",
    error: "seen 2\nand 3, allowed 1\nother: unknown",
  });
});

test("a run without a test, with a skipped one or with two tries is no pass", () => {
  expect(judge(JSON.stringify({ errors: [], suites: [] })).state).toBe("unknown");
  expect(judge(reportOf([])).state).toBe("unknown");
  expect(judge(reportOf([{ status: "skipped", errors: [] }], "skipped")).state).toBe("unknown");
  expect(judge(reportOf([passed], "failed")).state).toBe("unknown");
  expect(judge(reportOf([passed, passed])).state).toBe("unknown");
  expect(judge(reportOf([{ status: "interrupted", errors: [] }])).state).toBe("unknown");
});

test("an earlier failure is not made good by a second try", () => {
  expect(judge(reportOf([failedWith("ObjectiveMissedError: x"), passed])).state).toBe("failed");
});

test("tests in groups count too", () => {
  const inner = { file, specs: [{ tests: [{ expectedStatus: "passed", results: [passed] }] }] };
  const report = JSON.stringify({ errors: [], suites: [{ file, specs: [], suites: [inner] }] });

  expect(judge(report).state).toBe("passed");
});

test("errors outside of any test break the claim", () => {
  const report = JSON.stringify({ errors: [{ message: "SyntaxError: x" }], suites: [] });

  expect(judge(report, 1)).toMatchObject({ state: "broken", error: "SyntaxError: x" });
});

test.each([
  ["no report", null, 1, "saw none"],
  ["a damaged report", "{", 1, "JSON"],
  ["a report of another shape", "[]", 1, "it is \\[\\], allowed is an object"],
  ["another file", reportOf([passed], "passed", "suites/browser/two.spec.ts"), 0, "saw .*two"],
  ["an exit code that contradicts the report", reportOf([passed]), 1, "every test pass"],
  ["a signal in place of an exit code", reportOf([passed]), null, "exit code null"],
])("%s breaks the claim and says so", (_name, report, exitCode, words) => {
  const { state, error } = judge(report, exitCode);

  expect(state).toBe("broken");
  expect(error).toMatch(new RegExp(words));
  expect(error).toContain("last words");
});
