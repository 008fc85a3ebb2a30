import { expect, test } from "vitest";
import { Cancellation, CancelledError, exitCodeOf } from "./signals.ts";

test("the first signal is told once and aborts with its name", () => {
  const heard: string[] = [];
  using cancellation = new Cancellation((signal) => heard.push(signal));
  process.emit("SIGTERM");
  process.emit("SIGTERM");

  expect(heard).toEqual(["SIGTERM"]);
  expect(cancellation.signal.reason).toBeInstanceOf(CancelledError);
  expect(cancellation.signal.reason).toMatchObject({ signal: "SIGTERM" });
});

test("handlers of a library are taken away, our own stays", () => {
  using cancellation = new Cancellation(() => undefined);
  let libraryHeard = false;
  process.on("SIGINT", () => (libraryHeard = true));
  cancellation.reclaim();
  process.emit("SIGINT");

  expect(libraryHeard).toBe(false);
  expect(cancellation.signal.aborted).toBe(true);
});

test("exit codes follow the shell's convention", () => {
  expect(exitCodeOf("SIGINT")).toBe(130);
  expect(exitCodeOf("SIGTERM")).toBe(143);
});
