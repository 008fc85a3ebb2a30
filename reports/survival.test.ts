import { expect, test } from "vitest";
import { change, read, storedOf, write } from "./hand-made.ts";
import { acknowledgedBefore, survivalMeasurements, survivalOf } from "./survival.ts";

const nothingWrong = { lost: [], phantom: [], duplicated: [], altered: [] };

test("an acknowledged write that is stored once is all right", () => {
  const written = write({ sequence: 1 });

  expect(survivalOf([written], [storedOf(written)])).toEqual({
    ...nothingWrong,
    attempted: 1,
    acknowledged: 1,
    stored: 1,
    recovered: [],
    absent: [],
  });
});

test("an acknowledged write that is gone is lost", () => {
  expect(survivalOf([write({ sequence: 1 })], []).lost).toEqual(["key-1"]);
});

test("a write that timed out at the gateway may be stored or not, and both are right", () => {
  const landed = write({ sequence: 1, outcome: "indeterminate", status: 504 });
  const vanished = write({ sequence: 2, outcome: "indeterminate", status: 504 });

  expect(survivalOf([landed, vanished], [storedOf(landed)])).toMatchObject({
    ...nothingWrong,
    acknowledged: 0,
    recovered: ["key-1"],
    absent: ["key-2"],
  });
});

test.each(["failed", "dropped"] as const)("a %s write that is stored is a phantom", (outcome) => {
  const refused = write({ sequence: 1, outcome });

  expect(survivalOf([refused], [storedOf(refused)]).phantom).toEqual(["key-1"]);
  expect(survivalOf([refused], [])).toMatchObject({ ...nothingWrong, absent: [] });
});

test("a row that was there before and only changed here is none of the writes", () => {
  const row = { ...storedOf(write({ sequence: 9 })), id: "mission-1" };
  const written = write({ sequence: 1 });

  const rows = [row, storedOf(written)];

  expect(survivalOf([change(), written], rows)).toMatchObject({ ...nothingWrong, stored: 1 });
  expect(survivalOf([read(), written], rows).phantom).toEqual(["key-9"]);
});

test("a row that nobody wrote is a phantom", () => {
  expect(survivalOf([], [storedOf(write({ sequence: 9 }))]).phantom).toEqual(["key-9"]);
});

test.each(["ok", "indeterminate"] as const)(
  "two rows of one %s write are a duplicate",
  (outcome) => {
    const written = write({ sequence: 1, outcome });
    const rows = [storedOf(written), { ...storedOf(written), id: "mission-other" }];

    expect(survivalOf([written], rows).duplicated).toEqual(["key-1"]);
  },
);

test.each(["ok", "indeterminate"] as const)(
  "other content of one %s write is altered",
  (outcome) => {
    const written = write({ sequence: 1, outcome });
    const rows = [{ ...storedOf(written), payloadHash: "another" }];

    expect(survivalOf([written], rows)).toMatchObject({ ...nothingWrong, altered: ["key-1"] });
  },
);

test("a write that was repeated under its key counts once, by its best answer", () => {
  const first = write({ sequence: 1, outcome: "indeterminate" });
  const second = { ...first, sequence: 2, outcome: "ok" as const };

  expect(survivalOf([first, second], [storedOf(first)])).toMatchObject({
    ...nothingWrong,
    attempted: 1,
    acknowledged: 1,
  });
});

test("reads are no writes", () => {
  expect(survivalOf([write({ idempotencyKey: null, payloadHash: null })], []).attempted).toBe(0);
});

test("acknowledgements just before a moment include it and exclude the window's start", () => {
  const acknowledged = [450, 450.1, 500, 500.1].map((endedAtMs, sequence) =>
    write({ sequence, endedAtMs }),
  );

  expect(acknowledgedBefore(acknowledged, 500, 50)).toBe(2);
  expect(acknowledgedBefore([write({ endedAtMs: 499, outcome: "failed" })], 500, 50)).toBe(0);
});

test("the numbers name their sample", () => {
  const survival = survivalOf([write({ sequence: 1 })], []);

  expect(survivalMeasurements(survival)).toContainEqual({
    name: "lost",
    value: 1,
    unit: "",
    sampleSize: 1,
    limit: { rule: "at most", value: 0 },
    spread: expect.objectContaining({ low: expect.closeTo(0.05, 3), high: 1, unit: "share" }),
  });
});
