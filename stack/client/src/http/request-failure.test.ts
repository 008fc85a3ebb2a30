import { expect, test } from "vitest";
import { noProblem } from "./problem.ts";
import { explainFailure, firstOfSame, RequestFailure } from "./request-failure.ts";

function refused(status: number, type: string | null = null): RequestFailure {
  return new RequestFailure("POST /x", {
    kind: "refused",
    status,
    problem: { ...noProblem, type },
  });
}

test.each([400, 404, 409, 412, 422, 428, 429, 503])("a %i took no effect", (status) => {
  expect(refused(status).isUndecided).toBe(false);
});

test.each([500, 502, 504])("after a %i it is open whether there was an effect", (status) => {
  expect(refused(status).isUndecided).toBe(true);
});

test("a 503 whose problem says that the outcome is unknown leaves it open", () => {
  const failure = refused(503, "urn:hyper-mission:problem:outcome-unknown");

  expect(failure.isUndecided).toBe(true);
  expect(explainFailure(failure).happened).toContain("not known");
  expect(explainFailure(refused(503)).advice).toContain("Nothing was changed");
});

test.each(["unreachable", "timeout", "unreadable"] as const)(
  "after %s it is open whether there was an effect",
  (kind) => {
    expect(new RequestFailure("POST /x", { kind }).isUndecided).toBe(true);
  },
);

test("a refusal is explained in the words of the service", () => {
  const failure = new RequestFailure("POST /x", {
    kind: "refused",
    status: 409,
    problem: { type: null, title: "No such step", detail: "It is completed." },
  });

  expect(explainFailure(failure)).toEqual({
    happened: "No such step",
    advice: "It is completed.",
  });
});

test("a refusal without a problem is explained by its status", () => {
  expect(explainFailure(refused(418)).happened).toBe("The service refused the request (418).");
});

test("an error of the service is not explained in its words", () => {
  const failure = new RequestFailure("GET /x", {
    kind: "refused",
    status: 500,
    problem: { type: null, title: "inner", detail: "workings" },
  });

  expect(Object.values(explainFailure(failure)).join(" ")).not.toMatch(/inner|workings/);
});

test("a repeated failure shows as the first one, another one shows as itself", () => {
  const first = refused(503);
  const other = refused(500);

  expect(firstOfSame(null, first)).toBe(first);
  expect(firstOfSame(first, refused(503))).toBe(first);
  expect(firstOfSame(first, other)).toBe(other);
});
