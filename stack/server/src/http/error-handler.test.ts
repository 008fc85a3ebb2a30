import { expect, test } from "vitest";
import { DatabaseUnavailableError, OutcomeUnknownError } from "../database/database.ts";
import { DeadlineExceededError } from "../deadline.ts";
import { toProblem } from "./error-handler.ts";
import { describeProblem, ProblemError } from "./problem.ts";

const SECRET = 'relation "missions" does not exist at character 15, password hunter2';

test.each([
  ["an unavailable database", new DatabaseUnavailableError(SECRET), 503, "unavailable"],
  ["a missed deadline", new DeadlineExceededError(SECRET), 503, "unavailable"],
  ["an unknown outcome", new OutcomeUnknownError(SECRET), 504, "outcome-unknown"],
  [
    "an error of Postgres",
    Object.assign(new Error(SECRET), { code: "42P01" }),
    500,
    "internal-error",
  ],
  ["anything thrown", SECRET, 500, "internal-error"],
  [
    "malformed JSON",
    Object.assign(new Error(SECRET), { type: "entity.parse.failed", status: 400 }),
    400,
    "malformed-json",
  ],
  [
    "a large body",
    Object.assign(new Error(SECRET), { type: "entity.too.large", status: 413 }),
    413,
    "body-too-large",
  ],
  [
    "a malformed path",
    Object.assign(new URIError(SECRET), { status: 400 }),
    400,
    "malformed-request",
  ],
  [
    "a status of another library",
    Object.assign(new Error(SECRET), { status: 599 }),
    500,
    "internal-error",
  ],
])("%s becomes its problem and tells nothing of the inside", (_what, error, status, type) => {
  const problem = toProblem(error);
  expect(problem).toMatchObject({ status, type });
  const body = JSON.stringify(describeProblem(problem, "request-1"));
  expect(body).not.toMatch(/hunter2|relation|at character|\.ts:|node_modules/);
  expect(body).toContain('"requestId":"request-1"');
});

test("what may be repeated says when", () => {
  expect(toProblem(new DatabaseUnavailableError("x")).headers["Retry-After"]).toBe("1");
  expect(toProblem(new OutcomeUnknownError("x")).headers["Retry-After"]).toBe("1");
  expect(toProblem(new Error("x")).headers["Retry-After"]).toBeUndefined();
});

test("a problem that a handler chose is passed on as it is", () => {
  const chosen = new ProblemError("not-found", 404, "There is none", {
    errors: [{ at: "/id", detail: "unknown" }],
  });
  expect(toProblem(chosen)).toBe(chosen);
  expect(describeProblem(chosen, "r")).toEqual({
    type: "urn:hyper-mission:problem:not-found",
    title: "There is no such resource",
    status: 404,
    detail: "There is none",
    requestId: "r",
    errors: [{ at: "/id", detail: "unknown" }],
  });
});
