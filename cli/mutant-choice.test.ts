import { expect, test } from "vitest";
import type { Mutant } from "../stack/mutants/mutant.ts";
import { listMutants, mutantsNamed } from "./mutant-choice.ts";

function mutant(id: string, area: Mutant["area"]): Mutant {
  const claim = "resilience/replica-kill";
  return { id, title: `${id} is broken`, area, claim, objective: "VP-3.availability", overlay: {} };
}

const all = [mutant("one", "gateway"), mutant("two", "gateway"), mutant("three", "server")];
const idsOf = (chosen: readonly Mutant[]) => chosen.map(({ id }) => id);

test("no name means all, names mean themselves in the order of the catalogue", () => {
  expect(idsOf(mutantsNamed([], null, all))).toEqual(["one", "two", "three"]);
  expect(idsOf(mutantsNamed(["three", "one"], null, all))).toEqual(["one", "three"]);
});

test("an area means its mutants, also among those that are named", () => {
  expect(idsOf(mutantsNamed([], "gateway", all))).toEqual(["one", "two"]);
  expect(idsOf(mutantsNamed(["two", "three"], "gateway", all))).toEqual(["two"]);
});

test("a name that means nothing is refused with the names that do, with the exit code of usage", () => {
  const refused = expect.objectContaining({ exitCode: 64 });
  expect(() => mutantsNamed(["one", "four"], null, all)).toThrow(refused);
  expect(() => mutantsNamed(["one", "four"], null, all)).toThrow(
    'no mutant is called "four"; mutants: one, two, three',
  );
  expect(() => mutantsNamed([], "moon", all)).toThrow(refused);
  expect(() => mutantsNamed(["one"], "server", all)).toThrow(/areas: gateway, server/);
});

test("the list says what is broken and who must find it", () => {
  expect(listMutants(all)[0]).toBe(
    "one    gateway: one is broken\n       caught by resilience/replica-kill, VP-3.availability",
  );
});
