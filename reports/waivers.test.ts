import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allObjectives } from "./slo.ts";
import { dayOf, holdsOn, waiversFrom, WaiverError, type Waiver } from "./waivers.ts";

const known = ["SC-1.first", "SC-4.kill", "SC-4.restart"];
const good: Waiver = {
  criterion: "SC-4.kill",
  reason: "the new disk arrives in December",
  owner: "the operators",
  expires: "2026-12-15",
};

function read(changes: object = {}, today = "2026-11-23"): readonly Waiver[] {
  return waiversFrom("w.json", file([{ ...good, ...changes }]), known, today);
}

function file(waivers: readonly unknown[], more: object = {}): unknown {
  return { schemaVersion: 1, waivers, ...more };
}

test("a waiver holds up to and including its last day", () => {
  expect(read({}, "2026-12-15")).toEqual([good]);
  expect(holdsOn(good, "2026-12-15")).toBe(true);
  expect(holdsOn(good, "2026-12-16")).toBe(false);
  expect(dayOf("2026-12-15T23:59:59.000Z")).toBe("2026-12-15");
});

test("an expired one is refused, with the day", () => {
  expect(() => read({}, "2026-12-16")).toThrow(WaiverError);
  expect(() => read({}, "2026-12-16")).toThrow(/it expired on 2026-12-15, today is 2026-12-16/);
});

test.each([
  [{ criterion: "SC-4.kil" }, /no criterion has this id; known are SC-4.kill, SC-4.restart/],
  [{ reason: " " }, /it gives no reason/],
  [{ owner: "" }, /nobody answers for it/],
  [{ expires: "15.12.2026" }, /it expires "15.12.2026", allowed is a day/],
  [{ expires: "2026-02-30" }, /it expires "2026-02-30", allowed is a day/],
  [{ expires: "2027-11-23" }, /it holds for 365 more days, allowed are 90/],
  [{ expires: 20_261_215 }, /waivers\[0\]\.expires is 20261215, allowed is a text/],
  [{ until: "2026-12-15" }, /has "until", allowed is criterion, reason, owner, expires/],
])("%o is refused", (changes, message) => {
  expect(() => read(changes)).toThrow(message);
});

test("one criterion cannot be waived twice, and no word is let through unread", () => {
  const today = "2026-11-23";
  expect(() => waiversFrom("w.json", file([good, good]), known, today)).toThrow(/waived twice/);
  expect(() => waiversFrom("w.json", file([], { waiver: [] }), known, today)).toThrow(
    /the file has "waiver"/,
  );
  expect(() => waiversFrom("w.json", { waivers: [] }, known, today)).toThrow(
    /schemaVersion is missing, allowed is 1/,
  );
});

test("the waivers of the project can be read, and none of them is over", () => {
  const own: unknown = JSON.parse(readFileSync(new URL("waivers.json", import.meta.url), "utf8"));
  const ids = allObjectives.map(({ id }) => id);
  expect(() =>
    waiversFrom("waivers.json", own, ids, dayOf(new Date().toISOString())),
  ).not.toThrow();
});
