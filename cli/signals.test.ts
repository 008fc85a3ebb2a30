import { expect, test } from "vitest";
import { Cancellation, CancelledError, exitCodeOf, orCancelled } from "./signals.ts";

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

test("what cannot be written down does not keep the run from ending", () => {
  using cancellation = new Cancellation(() => {
    throw new Error("no space left on device");
  });
  process.emit("SIGINT", "SIGINT");

  expect(cancellation.signal.reason).toMatchObject({ signal: "SIGINT" });
});

test("work that starts nothing is left at once, with the exit code of the signal", async () => {
  using cancellation = new Cancellation(() => undefined);
  const waited = orCancelled(new Promise(() => undefined), cancellation.signal);
  process.emit("SIGTERM");

  await expect(waited).rejects.toMatchObject({ exitCode: 143 });
  await expect(waited).rejects.toThrow("cancelled by SIGTERM before anything was started");
});

test("work that is not cancelled ends as it does, and so does its error", async () => {
  using cancellation = new Cancellation(() => undefined);

  expect(await orCancelled(Promise.resolve(1), cancellation.signal)).toBe(1);
  await expect(orCancelled(Promise.reject(new Error("none")), cancellation.signal)).rejects.toThrow(
    "none",
  );
});
