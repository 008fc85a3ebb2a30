import { expect, test } from "vitest";
import { operations, replicaNames } from "./hand-made.ts";
import type { Operation } from "./records.ts";
import { capacityBackAtMs, findFairWindow, serviceBackAtMs } from "./windows.ts";

const windowMs = 3_000;
const fair = { replicas: 3, fairShareMin: 0.5, windowMs };
const [victim, second, third] = replicaNames;

/** 100 a second for 20 s; answers that end in the given span are bad. */
function bad(fromMs: number, toMs: number): readonly Operation[] {
  return operations(2_000, 10, (sequence) => {
    const endedAtMs = sequence * 10 + 10;
    return endedAtMs >= fromMs && endedAtMs < toMs ? { outcome: "failed" } : {};
  });
}

/** The victim is silent in the given span, and the two others answer in turn. */
function away(fromMs: number, toMs: number): readonly Operation[] {
  return operations(2_000, 10, (sequence) => {
    const atMs = sequence * 10;
    if (atMs < fromMs || atMs >= toMs) return {};
    return { replica: sequence % 2 === 0 ? second : third };
  });
}

test("service is back where the first good window begins", () => {
  expect(serviceBackAtMs(bad(5_000, 7_000), 5_000, windowMs)).toBe(7_000);
  expect(serviceBackAtMs(bad(0, 0), 5_003, windowMs)).toBe(5_003);
});

test("a first success between failures is not yet the service", () => {
  const flapping = bad(5_000, 7_000).map((operation) =>
    operation.endedAtMs === 9_000 ? { ...operation, outcome: "failed" as const } : operation,
  );

  expect(serviceBackAtMs(flapping, 5_000, windowMs)).toBe(9_010);
});

test("a failure at the very begin of a window spoils it, one at its end does not", () => {
  expect(serviceBackAtMs(bad(5_000, 5_010), 5_000, windowMs)).toBe(5_010);
  expect(serviceBackAtMs(bad(8_000, 8_010), 5_000, windowMs)).toBe(5_000);
  expect(serviceBackAtMs(bad(7_990, 8_000), 5_000, windowMs)).toBe(8_000);
});

test.each(["failed", "indeterminate", "dropped"] as const)("a %s operation is bad", (outcome) => {
  const spoiled = operations(2_000, 10, (sequence) => (sequence === 600 ? { outcome } : {}));

  expect(serviceBackAtMs(spoiled, 5_000, windowMs)).toBe(6_020);
});

test("a window needs 20 answers and traffic to its end", () => {
  const rare = (count: number, everyMs: number) => operations(count, everyMs);

  expect(serviceBackAtMs(rare(200, 140), 0, windowMs)).toBe(0);
  expect(serviceBackAtMs(rare(200, 160), 0, windowMs)).toBeNull();
  expect(serviceBackAtMs(rare(20, 150), 0, windowMs)).toBe(0);
  expect(serviceBackAtMs(rare(19, 150), 0, windowMs)).toBeNull();
  expect(serviceBackAtMs(bad(0, 0), 17_000, windowMs)).toBe(17_000);
  expect(serviceBackAtMs(bad(0, 0), 17_400, windowMs)).toBeNull();
  expect(serviceBackAtMs([], 0, windowMs)).toBeNull();
});

test("answers that hang are not taken for a service", () => {
  const hanging = operations(2_000, 10, (sequence) => {
    const hangs = sequence >= 500 && sequence < 900;
    return hangs ? { endedAtMs: 9_010 } : {};
  });

  expect(serviceBackAtMs(hanging, 5_020, windowMs)).toBeGreaterThan(6_000);
});

test("capacity is back with the first answer of the last replica to return", () => {
  const backAtMs = capacityBackAtMs(away(5_000, 12_000), 5_000, fair);

  expect(backAtMs).toBeGreaterThanOrEqual(12_000);
  expect(backAtMs).toBeLessThan(12_100);
});

test("a replica that is away for less than a window counts from its return", () => {
  const backAtMs = capacityBackAtMs(away(5_000, 6_000), 5_030, fair);

  expect(backAtMs).toBeGreaterThanOrEqual(6_000);
  expect(backAtMs).toBeLessThan(6_100);
});

test("two replicas are no capacity of three, whoever they are", () => {
  expect(capacityBackAtMs(away(5_000, 20_000), 5_030, fair)).toBeNull();
  expect(capacityBackAtMs(away(5_000, 20_000), 5_030, { ...fair, replicas: 2 })).not.toBeNull();
});

test("a replica that comes back under another name is capacity, but not the one required", () => {
  const renamed = away(5_000, 12_000).map((operation) =>
    operation.endedAtMs > 12_000 && operation.replica === victim
      ? { ...operation, replica: "dddddddddddd" }
      : operation,
  );

  expect(capacityBackAtMs(renamed, 5_030, fair)).not.toBeNull();
  expect(findFairWindow(renamed, 5_030, fair, victim)).toBeNull();
  expect(findFairWindow(renamed, 5_030, fair, "dddddddddddd")?.parts.size).toBe(3);
});

test("bad answers are no part of a share", () => {
  const failing = away(5_000, 5_000).map((operation) =>
    operation.replica === victim ? { ...operation, outcome: "failed" as const } : operation,
  );

  expect(capacityBackAtMs(failing, 5_000, fair)).toBeNull();
});

test("the order of the record does not matter, and 20,000 operations are quick", () => {
  const many = operations(20_000, 5, (sequence) => ({
    replica: sequence % 2 === 0 ? second : third,
  }));
  const reversed = [...bad(5_000, 7_000)].toReversed();
  const beginMs = performance.now();

  expect(serviceBackAtMs(reversed, 5_000, windowMs)).toBe(7_000);
  expect(capacityBackAtMs(many, 0, fair)).toBeNull();
  expect(performance.now() - beginMs).toBeLessThan(1_000);
});
