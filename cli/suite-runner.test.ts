import { expect, test } from "vitest";
import { stateOf } from "./suite-runner.ts";

const error = (name: string) => ({ name, message: "" });

test("only a missed objective is a defect of the product", () => {
  expect(stateOf([error("ObjectiveMissedError")])).toBe("failed");
  expect(stateOf([error("AssertionError")])).toBe("broken");
  expect(stateOf([error("Error")])).toBe("broken");
});

test("nothing concluded is unknown, and a broken harness is worse than that", () => {
  expect(stateOf([error("InconclusiveError")])).toBe("unknown");
  expect(stateOf([error("InconclusiveError"), error("TypeError")])).toBe("broken");
  expect(stateOf([error("TypeError"), error("ObjectiveMissedError")])).toBe("failed");
});
