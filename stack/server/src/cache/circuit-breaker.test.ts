import { expect, test } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { CircuitBreaker, type BreakerState } from "./circuit-breaker.ts";

function setUp() {
  const clock = new VirtualClock();
  const states: BreakerState[] = [];
  const breaker = new CircuitBreaker({
    clock,
    failuresMax: 3,
    openMs: 1_000,
    onChange: (state) => states.push(state),
  });
  return { clock, states, breaker };
}

function fail(breaker: CircuitBreaker, times: number): void {
  for (let count = 0; count < times; count += 1) {
    breaker.tryEnter();
    breaker.failed();
  }
}

test("opens after failures in a row, not after as many with a success between", () => {
  const { breaker, states } = setUp();
  fail(breaker, 2);
  breaker.succeeded();
  fail(breaker, 2);
  expect(breaker.tryEnter()).toBe(true);
  breaker.failed();
  expect(states).toEqual(["open"]);
  expect(breaker.tryEnter()).toBe(false);
});

test("lets one question through after the pause, and closes or opens by its outcome", async () => {
  const { breaker, clock, states } = setUp();
  fail(breaker, 3);
  await clock.advance(999);
  expect(breaker.tryEnter()).toBe(false);
  await clock.advance(1);
  expect(breaker.tryEnter()).toBe(true);
  expect(breaker.tryEnter()).toBe(false);
  breaker.failed();
  expect(breaker.tryEnter()).toBe(false);
  await clock.advance(1_000);
  expect(breaker.tryEnter()).toBe(true);
  breaker.succeeded();
  expect(breaker.tryEnter()).toBe(true);
  expect(states).toEqual(["open", "half_open", "open", "half_open", "closed"]);
});
