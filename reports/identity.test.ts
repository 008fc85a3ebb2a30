import { expect, test } from "vitest";
import { container, operations, replicaNames } from "./hand-made.ts";
import { identityOf } from "./identity.ts";
import type { Operation } from "./records.ts";

const containers = replicaNames.map((hostName, index) =>
  container(`server-${index + 1}`, hostName),
);
const strangersIn = (change: Partial<Operation>, known = containers) =>
  identityOf(
    operations(9, 10, (sequence) => (sequence === 4 ? change : {})),
    known,
  ).strangers;

test("answers by containers that the engine knows are no strangers", () => {
  expect(identityOf(operations(9, 10), containers)).toEqual({ answers: 9, strangers: [] });
});

test("a container that was there before or after is known", () => {
  const recreated = container("server-3", replicaNames[2], { id: "new", hostName: "dddddddddddd" });
  const known = [...containers.slice(0, 2), recreated];

  expect(strangersIn({ replica: "dddddddddddd" }, known)).toEqual([]);
  expect(strangersIn({ replica: replicaNames[2] }, known)).toEqual([]);
});

test.each<[string, Partial<Operation>]>([
  ["of an unknown container", { replica: "ffffffffffff" }],
  ["without a name", { replica: null }],
  ["with the body of something else", { outcome: "failed", failureClass: "wrong-body" }],
])("an answer %s is a stranger's", (_, change) => {
  expect(strangersIn(change)).toEqual(["request-4"]);
});

test.each<[string, Partial<Operation>]>([
  ["a file without a name", { path: "/assets/index.js", replica: null }],
  ["a path that only begins like the API", { path: "/apiary", replica: null }],
  ["a failure", { outcome: "failed", failureClass: "status", status: 502, replica: null }],
])("%s is not asked for its name", (_, change) => {
  expect(strangersIn(change)).toEqual([]);
});

test("without any known container only an answer without a name is strange", () => {
  expect(identityOf(operations(9, 10), []).strangers).toEqual([]);
  expect(strangersIn({ replica: null }, [])).toEqual(["request-4"]);
});
