import { expect, test } from "vitest";
import { mutants as catalogue } from "../stack/mutants/index.ts";
import type { Mutant } from "../stack/mutants/mutant.ts";
import {
  canShareStack,
  isCheap,
  listMutants,
  mutantsNamed,
  mutantsOfTheDay,
} from "./mutant-choice.ts";

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

const edit = (file: string) => ({ file, find: "a", replace: "b" });
const claim = "tls/security-headers";

test("what is in the gateway and its certificate alone shares a stack", () => {
  expect(canShareStack({ claim, overlay: { edits: [edit("gateway/nginx.conf")] } })).toBe(true);
  expect(canShareStack({ claim, overlay: { certificate: { ageDays: 100 } } })).toBe(true);
});

test.each([
  ["another component", { edits: [edit("gateway/nginx.conf"), edit("server/Dockerfile")] }],
  ["the composition", { edits: [edit("compose.yaml")] }],
  ["statements", { sql: ["SELECT 1"] }],
  ["variables", { variables: { SERVER_NAME: "other" } }],
])("%s needs a stack of its own", (_what, overlay) => {
  expect(canShareStack({ claim, overlay })).toBe(false);
});

test("a claim that hurts the stack shares it with nobody", () => {
  const overlay = { edits: [edit("gateway/nginx.conf")] };
  expect(canShareStack({ claim: "resilience/replica-kill", overlay })).toBe(false);
});

test("of the catalogue, nearly everything about TLS and headers shares one", () => {
  const about = catalogue.filter(({ area }) => area === "tls" || area === "headers");
  expect(about.length).toBeGreaterThan(30);
  expect(about.filter((mutant) => !canShareStack(mutant)).map(({ id }) => id)).toEqual([
    "headers-lost-in-errors",
  ]);
});

const day = (number: number) => new Date(number * 86_400_000);

test("cheap ones look at the gateway alone, and are not long at it", () => {
  const overlay = { edits: [edit("gateway/nginx.conf")] };
  expect(isCheap({ claim, overlay })).toBe(true);
  expect(isCheap({ claim: "browser/secure-lock", overlay })).toBe(false);
  expect(isCheap({ claim: "load/balance", overlay })).toBe(false);
  expect(isCheap({ claim, overlay: { sql: ["SELECT 1"] } })).toBe(false);
});

test("without a budget all are meant, with a cheap one alone those that are cheap", () => {
  const all = { cheap: false, rotateDays: null };
  expect(mutantsOfTheDay(catalogue, all, day(1))).toEqual(catalogue);
  const cheap = mutantsOfTheDay(catalogue, { ...all, cheap: true }, day(1));
  expect(cheap.length).toBeGreaterThan(30);
  expect(cheap.filter((mutant) => !isCheap(mutant))).toEqual([]);
});

test("in as many days as the rotation has, each of the others has its turn once", () => {
  const ofDay = (number: number) =>
    mutantsOfTheDay(catalogue, { cheap: false, rotateDays: 7 }, day(number));
  const week = [0, 1, 2, 3, 4, 5, 6].map((offset) => ofDay(20_000 + offset));
  const ids = week.flat().map(({ id }) => id);
  const others = catalogue.filter((mutant) => !isCheap(mutant)).map(({ id }) => id);
  expect(ids.toSorted()).toEqual(others.toSorted());
  expect(ofDay(20_007)).toEqual(week[0]);
  expect(
    Math.max(...week.map(({ length }) => length)) - Math.min(...week.map(({ length }) => length)),
  ).toBeLessThan(2);
});

test("with both, the cheap ones come every day and the others in turn", () => {
  const today = mutantsOfTheDay(catalogue, { cheap: true, rotateDays: 7 }, day(20_000));
  const others = catalogue.filter((mutant) => !isCheap(mutant));
  expect(today.filter(isCheap).length).toBe(catalogue.length - others.length);
  expect(today.filter((mutant) => !isCheap(mutant)).length).toBeGreaterThan(others.length / 7 - 1);
});

test("a rotation of more days than there are mutants is refused: a day without any would be green", () => {
  expect(() => mutantsOfTheDay(all, { cheap: false, rotateDays: 4 }, day(1))).toThrow(
    expect.objectContaining({ exitCode: 64 }),
  );
});
