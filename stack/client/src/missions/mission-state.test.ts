import { expect, test } from "vitest";
import { isMissionState, missionStates, transitionsFrom } from "./mission-state.ts";

test.each([
  ["planned", ["active"]],
  ["active", ["completed", "aborted"]],
  ["completed", []],
  ["aborted", []],
] as const)("from %s the life cycle leads to %j", (state, targets) => {
  expect(transitionsFrom(state).map(({ to }) => to)).toEqual(targets);
});

test("steps that cannot be taken back are warned of, and only those", () => {
  for (const { to, warning } of missionStates.flatMap(transitionsFrom)) {
    expect(warning !== null).toBe(transitionsFrom(to).length === 0);
  }
});

test("only the states of the life cycle are states", () => {
  expect(missionStates.every(isMissionState)).toBe(true);
  expect(["Planned", "", null, 1].some(isMissionState)).toBe(false);
});
