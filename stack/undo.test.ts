import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  ContainerControl,
  type ContainerSpecification,
  type ContainerState,
} from "./container-control.ts";
import { handMadeContainer } from "./hand-made-container.ts";
import { ProductionStack } from "./production-stack.ts";
import { isWhole, missingServices, restoreContainers } from "./restore.ts";
import { UndoJournal, undoLeftovers } from "./undo.ts";

const healthy = handMadeContainer({ id: "one" });

/** An engine with the given containers, which remembers what was done to them. */
class FakeControl extends ContainerControl {
  readonly done: string[] = [];
  readonly #states: Map<string, ContainerState>;

  constructor(states: readonly Partial<ContainerState>[]) {
    super("run-1");
    const whole = states.map((state) => ({ ...healthy, ...state }));
    this.#states = new Map(whole.map((state) => [state.id, state]));
  }

  override async list(): Promise<ContainerState[]> {
    return [...this.#states.values()];
  }

  override async inspect(id: string): Promise<ContainerState> {
    const state = this.#states.get(id);
    if (state === undefined) throw new Error(`no such container: ${id}`);
    return state;
  }

  override async unpause(id: string): Promise<void> {
    this.done.push(`unpause ${id}`);
    this.#states.set(id, { ...(await this.inspect(id)), paused: false });
  }

  override async start(id: string): Promise<void> {
    this.done.push(`start ${id}`);
    this.#states.set(id, { ...(await this.inspect(id)), running: true });
  }

  override async ensureMade({ name }: ContainerSpecification): Promise<boolean> {
    if ([...this.#states.values()].some((state) => state.name === name)) return false;
    this.done.push(`make ${name}`);
    this.#states.set(name, { ...healthy, id: name, name });
    return true;
  }

  override async setProcessors(id: string, nanoProcessors: number): Promise<void> {
    this.done.push(`${nanoProcessors} for ${id}`);
  }
}

class FakeStack extends ProductionStack {
  override readonly control: FakeControl;

  constructor(installation: string, states: readonly Partial<ContainerState>[]) {
    super({ runId: "run-1", projectName: "p", installation, sources: "", nodeImage: "" });
    this.control = new FakeControl(states);
  }
}

let installation = "";

beforeEach(() => {
  installation = mkdtempSync(join(tmpdir(), "undo-"));
});

afterEach(() => {
  rmSync(installation, { recursive: true, force: true });
});

const lists = () => readdirSync(join(installation, "undo"));

test("what will have to be undone is on disk before any harm, until it is forgotten", async () => {
  const stack = new FakeStack(installation, [{ paused: true }]);
  const journal = UndoJournal.open(stack, [{ kind: "run", container: "one" }]);
  const [name = ""] = lists();

  expect(readFileSync(join(installation, "undo", name), "utf8")).toContain('"container":"one"');
  await journal.undo();
  await journal.undo();
  journal.close();

  expect(stack.control.done).toEqual(["unpause one"]);
  expect(lists()).toEqual([]);
});

test("whoever comes next undoes it without knowing the fault, the last change first", async () => {
  const states = [{ paused: true }, { id: "two", name: "server-2", running: false }];
  const stack = new FakeStack(installation, states);
  UndoJournal.open(stack, [
    { kind: "run", container: "one" },
    { kind: "processors", container: "two", nanoProcessors: 5 },
    { kind: "run", container: "two" },
  ]);

  expect(await undoLeftovers(stack)).toEqual([
    "started server-2",
    "gave a container its processors back",
    "unpaused server-1",
  ]);
  expect(stack.control.done).toEqual(["start two", "5 for two", "unpause one"]);
  expect(lists()).toEqual([]);
  expect(await undoLeftovers(stack)).toEqual([]);
});

test("what cannot be undone is told and stays on record, and everything else is undone", async () => {
  const states = [{ paused: true }, { id: "two", name: "server-2", running: false }];
  const stack = new FakeStack(installation, states);
  stack.control.start = () => Promise.reject(new Error("no memory"));
  UndoJournal.open(stack, [{ kind: "run", container: "one" }]);
  UndoJournal.open(stack, [{ kind: "run", container: "two" }]);

  await expect(undoLeftovers(stack)).rejects.toThrow(/run: no memory; remove the stack with/);
  expect(stack.control.done).toEqual(["unpause one"]);
  expect(lists()).toHaveLength(1);
});

test("the process that did the harm may undo it at the same moment", async () => {
  const control = new FakeControl([{ paused: true }]);
  const unpause = control.unpause.bind(control);
  control.unpause = async (id) => {
    await unpause(id);
    throw new Error("container one is not paused");
  };

  expect(await restoreContainers(control)).toEqual(["unpaused server-1"]);
  expect(await restoreContainers(control)).toEqual([]);
});

test("a container that is gone has nothing left to be undone", async () => {
  const stack = new FakeStack(installation, [{ paused: true }]);
  UndoJournal.open(stack, [
    { kind: "run", container: "one" },
    { kind: "run", container: "gone" },
  ]);

  expect(await undoLeftovers(stack)).toEqual(["unpaused server-1"]);
});

const removed = {
  kind: "container",
  specification: { name: "postgres-1", settings: {}, otherNetworks: {} },
} as const;

test("a container that was removed and not made again is made by whoever comes next", async () => {
  const stack = new FakeStack(installation, [{}]);
  UndoJournal.open(stack, [removed]);
  UndoJournal.open(stack, [removed]);

  expect(await undoLeftovers(stack)).toEqual([
    "made postgres-1 anew",
    "postgres-1 is there already",
  ]);
  expect(stack.control.done).toEqual(["make postgres-1"]);
  expect(lists()).toEqual([]);
});

test("one container of a stack that is gone altogether is not made again", async () => {
  const stack = new FakeStack(installation, []);
  UndoJournal.open(stack, [removed]);

  expect(await undoLeftovers(stack)).toEqual([]);
  expect(stack.control.done).toEqual([]);
});

test("a list that was never finished says nothing: its harm had not begun", async () => {
  const stack = new FakeStack(installation, []);
  UndoJournal.open(stack, []).close();
  writeFileSync(join(installation, "undo", "torn.json.new"), '[{"kind":"ru');

  expect(await undoLeftovers(stack)).toEqual([]);
});

test("a run that was never hurt has no leftovers", async () => {
  expect(await undoLeftovers(new FakeStack(installation, []))).toEqual([]);
});

const monitoring = [
  "prometheus",
  "alertmanager",
  ...["gateway", "certificate", "postgres", "redis", "node"].map((part) => `${part}-exporter`),
];

test("a stack that lost a container is not whole, whatever state the others are in", async () => {
  const services = ["gateway", "client", "postgres", "redis", ...monitoring];
  const single = services.map((service) => ({ id: service, service }));
  const replicas = ["1", "2", "3"].map((id) => ({ id, running: false }));

  expect(await missingServices(new FakeControl([...single, ...replicas]))).toEqual([]);
  expect(await missingServices(new FakeControl([...single, ...replicas.slice(1)]))).toEqual([
    "server",
  ]);
  expect(await missingServices(new FakeControl([...single.slice(1), ...replicas]))).toEqual([
    "gateway",
  ]);
});

test("a stack is fit for the next claim when nothing is gone and everything is at work", async () => {
  const services = ["gateway", "client", "server", "server", "server", "redis", ...monitoring];
  const others = services.map((service, index) => ({ id: `${index}`, service }));
  const migrated = { id: "m", service: "migrate", running: false };
  const withPostgres = (change: Partial<ContainerState>) =>
    new FakeControl([...others, migrated, { id: "p", service: "postgres", ...change }]);

  expect(await isWhole(withPostgres({}))).toBe(true);
  expect(await isWhole(withPostgres({ running: false }))).toBe(false);
  expect(await isWhole(withPostgres({ paused: true }))).toBe(false);
  expect(await isWhole(withPostgres({ health: "unhealthy" }))).toBe(false);
  expect(await isWhole(new FakeControl(others))).toBe(false);
});
