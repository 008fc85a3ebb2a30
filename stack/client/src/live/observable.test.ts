import { expect, test } from "vitest";
import { Observable } from "./observable.ts";

test("listeners hear of a new value, not of the same one, and not after leaving", () => {
  const observable = new Observable(1);
  let heard = 0;
  const leave = observable.subscribe(() => (heard += 1));

  observable.set(1);
  expect(heard).toBe(0);
  observable.set(2);
  expect(heard).toBe(1);
  leave();
  observable.set(3);
  expect(heard).toBe(1);
  expect(observable.get()).toBe(3);
});
