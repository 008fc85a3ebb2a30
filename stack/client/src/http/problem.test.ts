import { expect, test } from "vitest";
import { noProblem, readProblem } from "./problem.ts";

test("the members of problem details are read", () => {
  const body = { type: "urn:x", title: "Gone", status: 410, detail: "Ask later.", more: true };

  expect(readProblem(body)).toEqual({ type: "urn:x", title: "Gone", detail: "Ask later." });
});

test.each([[null], ["<html>"], [[]], [{ title: 7, detail: "  " }]])(
  "%j, which is no problem details, has no members",
  (body) => {
    expect(readProblem(body)).toEqual(noProblem);
  },
);
