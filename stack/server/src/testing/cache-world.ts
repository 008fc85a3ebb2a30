/**
 * A small world in which the coherence of the cache can be attacked: replicas with the real lease,
 * cache and service, in front of a model of Redis and a model of Postgres, on a virtual clock.
 *
 * Every message takes a random time. Redis can pause, be cut off from single replicas (what was
 * sent arrives later), and restart with an older memory. Statements can hang in Postgres, before
 * and after the client has given up. The world notes every read that returned less than what was
 * known to be acknowledged or seen when the read began.
 *
 * `Weakness` breaks one part on purpose: the test that finds nothing in the whole world must find
 * something in each weakened one.
 */
import { CacheLease, type LeaseRow, type LeaseStore } from "../cache/cache-lease.ts";
import { MissionCache } from "../cache/mission-cache.ts";
import { RedisUnavailableError, type RedisLink } from "../cache/redis-link.ts";
import { BLOCK, STORE, TAKE_TICKET, UNBLOCK } from "../cache/redis-scripts.ts";
import { OutcomeUnknownError } from "../database/database.ts";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { CacheResult } from "../metrics.ts";
import type { ChangeOutcome, ChangeRequest } from "../missions/mission-repository.ts";
import { MissionService } from "../missions/mission-service.ts";
import type { Mission } from "../missions/mission.ts";
import { seededRandom, VirtualClock } from "./virtual-clock.ts";

export type Weakness =
  | "removal is confirmed but not done"
  | "tickets ignore changes under way"
  | "anyone may store"
  | "changes do not wait for leases"
  | "changes ignore the generation"
  | "turning does not wait for changes"
  | "a young Redis is read"
  | "a restarted Redis keeps its name";

const REPLICAS = 3;
const MISSION_IDS = [
  "00000000-0000-4000-8000-00000000000a",
  "00000000-0000-4000-8000-00000000000b",
];
const LOCK_TIMEOUT_MS = 1_000;

type Stored =
  | { readonly text: string; readonly expiresAtMs: number }
  | { readonly marks: Map<string, number>; readonly expiresAtMs: number };

class ModelRedis {
  readonly #clock: VirtualClock;
  readonly #weakness: Weakness | undefined;
  #memory = new Map<string, Stored>();
  #older = new Map<string, Stored>();
  #starts = 1;
  startedAtMs = Number.NEGATIVE_INFINITY;
  resumed: Promise<void> = Promise.resolve();

  constructor(clock: VirtualClock, weakness: Weakness | undefined) {
    this.#clock = clock;
    this.#weakness = weakness;
  }

  get memoryId(): string {
    return this.#weakness === "a restarted Redis keeps its name" ? "1" : String(this.#starts);
  }

  /** Remembers the memory as it is, as a snapshot on disk does. */
  snapshot(): void {
    this.#older = new Map(this.#memory);
  }

  restart(): void {
    this.#memory = new Map(this.#older);
    this.#starts += 1;
    this.startedAtMs = this.#clock.nowMs();
  }

  execute(command: readonly string[]): string | null {
    const [name, ...rest] = command;
    if (name === "PING") {
      return "PONG";
    }
    if (name === "GET") {
      return this.#text(rest[0] ?? "");
    }
    const [script = "", , key = "", marksKey = "", first = "", second = "", third = ""] = rest;
    switch (script) {
      case BLOCK:
        return this.#block(key, marksKey, first, Number(second));
      case UNBLOCK:
        return this.#unblock(key, marksKey, first);
      case TAKE_TICKET:
        return this.#takeTicket(key, marksKey, first, Number(second));
      case STORE:
        return this.#store(key, first, second, Number(third));
      default:
        throw new Error(`execute in the model of Redis: ${name}, allowed: what the cache sends`);
    }
  }

  #block(key: string, marksKey: string, mark: string, lifetimeMs: number): string {
    if (this.#weakness === "removal is confirmed but not done") {
      return "OK";
    }
    const expiresAtMs = this.#clock.nowMs() + lifetimeMs;
    const marks = this.#marks(marksKey).set(mark, expiresAtMs);
    this.#memory.set(marksKey, { marks, expiresAtMs });
    this.#memory.delete(key);
    return "OK";
  }

  #unblock(key: string, marksKey: string, mark: string): string {
    const marks = this.#marks(marksKey);
    marks.delete(mark);
    this.#memory.set(marksKey, { marks, expiresAtMs: Math.max(0, ...marks.values()) });
    this.#memory.delete(key);
    return "OK";
  }

  #takeTicket(key: string, marksKey: string, ticket: string, lifetimeMs: number): string | null {
    const changing = this.#marks(marksKey).size > 0;
    if (changing && this.#weakness !== "tickets ignore changes under way") {
      return null;
    }
    if (this.#text(key) !== null) {
      return null;
    }
    this.#memory.set(key, { text: ticket, expiresAtMs: this.#clock.nowMs() + lifetimeMs });
    return "OK";
  }

  #store(key: string, ticket: string, entry: string, lifetimeMs: number): string | null {
    if (this.#text(key) !== ticket && this.#weakness !== "anyone may store") {
      return null;
    }
    this.#memory.set(key, { text: entry, expiresAtMs: this.#clock.nowMs() + lifetimeMs });
    return "OK";
  }

  #text(key: string): string | null {
    const stored = this.#memory.get(key);
    const alive = stored !== undefined && stored.expiresAtMs > this.#clock.nowMs();
    return alive && "text" in stored ? stored.text : null;
  }

  #marks(key: string): Map<string, number> {
    const stored = this.#memory.get(key);
    const marks = stored !== undefined && "marks" in stored ? stored.marks : [];
    return new Map([...marks].filter(([, expiresAtMs]) => expiresAtMs > this.#clock.nowMs()));
  }
}

/** Many may hold it together, or one alone; whoever waits alone lets nobody pass. */
class FairLock {
  #shared = 0;
  #alone = false;
  readonly #waiting: { readonly alone: boolean; readonly enter: () => void }[] = [];

  async acquire(alone: boolean): Promise<() => void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push({ alone, enter: resolve });
      this.#admit();
    });
    return () => {
      if (alone) {
        this.#alone = false;
      } else {
        this.#shared -= 1;
      }
      this.#admit();
    };
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#alone || (next.alone && this.#shared > 0)) {
        return;
      }
      this.#waiting.shift();
      this.#alone = next.alone;
      this.#shared += next.alone ? 0 : 1;
      next.enter();
    }
  }
}

class ModelPostgres {
  readonly #world: CacheWorld;
  readonly #lock = new FairLock();
  readonly #versions = new Map(MISSION_IDS.map((id) => [id, 1]));
  #lease = { generation: "g1", open: true, missedAtMs: Number.NEGATIVE_INFINITY };
  #generations = 1;
  stalls = 0;
  /** Called once, when the next statement of a change has begun. */
  duringChange: (() => void) | undefined;

  constructor(world: CacheWorld) {
    this.#world = world;
  }

  async read(id: string): Promise<Mission> {
    await this.#world.travel();
    const found = mission(id, this.#versions.get(id) ?? 0);
    await this.#world.travel();
    return found;
  }

  /** The statement of a change, from its arrival to its commit. */
  async change(id: string, generation: string): Promise<ChangeOutcome> {
    const { weakness } = this.#world;
    await this.#world.travel();
    const stalled = this.stalls > 0;
    this.stalls = 0;
    if (stalled && this.#world.chance(0.5)) {
      await this.#world.clock.sleep(this.#world.between(1_000, 6_000));
    }
    const release = await this.#lock.acquire(false);
    if (this.#lease.generation !== generation && weakness !== "changes ignore the generation") {
      release();
      return { kind: "generation_moved" };
    }
    const letTurn = weakness === "turning does not wait for changes";
    if (letTurn) {
      release();
    }
    const slow = this.duringChange !== undefined || this.#world.chance(0.1);
    this.duringChange?.();
    this.duringChange = undefined;
    const durationMs = stalled
      ? this.#world.between(1_000, 9_000)
      : this.#world.between(1, slow ? 300 : 5);
    await this.#world.clock.sleep(durationMs);
    const version = (this.#versions.get(id) ?? 0) + 1;
    this.#versions.set(id, version);
    if (!letTurn) {
      release();
    }
    return { kind: "changed", mission: mission(id, version), replayed: false };
  }

  leaseStore(): LeaseStore {
    return {
      read: async () => {
        await this.#world.travel();
        const row = this.#row();
        await this.#world.travel();
        return row;
      },
      missRedis: async () => {
        await this.#world.travel();
        this.#lease.missedAtMs = this.#world.clock.nowMs();
      },
      turn: async (generation, becomesOpen) => {
        await this.#world.travel();
        const row = await this.#turn(generation, becomesOpen);
        await this.#world.travel();
        return row;
      },
    };
  }

  async #turn(generation: string, becomesOpen: boolean): Promise<LeaseRow> {
    const acquiring = this.#lock.acquire(true);
    const inTime = await Promise.race([
      acquiring.then(() => true),
      this.#world.clock.sleep(LOCK_TIMEOUT_MS).then(() => false),
    ]);
    if (!inTime) {
      acquiring.then((release) => release()).catch(() => undefined);
      throw new Error("lock timeout");
    }
    const release = await acquiring;
    if (this.#lease.generation === generation) {
      this.#generations += 1;
      this.#lease.generation = `g${this.#generations}`;
      this.#lease.open = becomesOpen;
      if (!becomesOpen) {
        this.#lease.missedAtMs = this.#world.clock.nowMs();
      }
    }
    release();
    return this.#row();
  }

  #row(): LeaseRow {
    const { generation, open, missedAtMs } = this.#lease;
    const quietMs = this.#world.clock.nowMs() - missedAtMs;
    return { generation, open, mayReopen: !open && quietMs > limits.cacheReopenSeconds * 1_000 };
  }
}

class ModelLink implements RedisLink {
  readonly #world: CacheWorld;
  healed: Promise<void> = Promise.resolve();
  connected = true;

  constructor(world: CacheWorld) {
    this.#world = world;
  }

  get memoryId(): string | undefined {
    return this.connected ? this.#world.redis.memoryId : undefined;
  }

  get memoryIsSettled(): boolean {
    const { weakness, clock, redis } = this.#world;
    const trusted =
      weakness === "a young Redis is read" || weakness === "a restarted Redis keeps its name";
    return trusted || clock.nowMs() - redis.startedAtMs >= limits.cacheBlockMs;
  }

  async send(command: readonly string[]): Promise<unknown> {
    if (!this.connected) {
      throw new RedisUnavailableError("not connected");
    }
    const reply = this.#deliver(command, this.#world.redisStarts);
    const expiry = this.#world.clock.sleep(limits.redisCommandTimeoutMs).then(() => {
      throw new RedisUnavailableError("timeout");
    });
    return Promise.race([reply, expiry]);
  }

  async #deliver(command: readonly string[], start: number): Promise<unknown> {
    await this.#world.travel();
    if (this.#world.chance(0.004)) {
      // A segment was lost and is sent again.
      await this.#world.clock.sleep(this.#world.between(200, 1_000));
    }
    await this.healed;
    await this.#world.redis.resumed;
    if (start !== this.#world.redisStarts) {
      throw new RedisUnavailableError("connection lost");
    }
    const reply = this.#world.redis.execute(command);
    await this.healed;
    await this.#world.travel();
    if (start !== this.#world.redisStarts) {
      throw new RedisUnavailableError("connection lost");
    }
    return reply;
  }
}

interface Replica {
  readonly link: ModelLink;
  readonly service: MissionService;
}

function mission(id: string, version: number): Mission {
  const moment = "2026-01-01T00:00:00.000Z";
  return {
    id,
    title: "t",
    description: "",
    state: "planned",
    version,
    createdAt: moment,
    updatedAt: moment,
  };
}

export class CacheWorld {
  readonly clock: VirtualClock;
  readonly redis: ModelRedis;
  readonly weakness: Weakness | undefined;
  readonly results: Record<CacheResult, number> = {
    hit: 0,
    miss: 0,
    loading: 0,
    bypass: 0,
    error: 0,
    invalid: 0,
  };
  readonly staleReads: string[] = [];
  changes = 0;
  redisStarts = 1;
  readonly #random: () => number;
  readonly #postgres: ModelPostgres;
  readonly #replicas: readonly Replica[];
  readonly #floors = new Map<string, number>();

  constructor(seed: number, weakness?: Weakness) {
    this.#random = seededRandom(seed);
    this.clock = new VirtualClock(this.#random);
    this.weakness = weakness;
    this.redis = new ModelRedis(this.clock, weakness);
    this.#postgres = new ModelPostgres(this);
    this.#replicas = Array.from({ length: REPLICAS }, () => this.#createReplica());
  }

  /** Lets the replicas work under random faults for so long. */
  async run(durationMs: number): Promise<void> {
    const ends = this.clock.nowMs() + durationMs;
    for (const replica of this.#replicas) {
      for (let reader = 0; reader < 2; reader += 1) {
        void this.#readUntil(ends, replica);
      }
      void this.#changeUntil(ends, replica);
    }
    void this.#faultsUntil(ends);
    void this.#snapshotUntil(ends);
    await this.clock.advance(durationMs + limits.databaseBudgetMs);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  between(lowest: number, highest: number): number {
    return lowest + this.#random() * (highest - lowest);
  }

  /** The way of one message. */
  travel(): Promise<void> {
    return this.clock.sleep(this.chance(0.02) ? this.between(5, 60) : this.between(0, 2));
  }

  #createReplica(): Replica {
    const link = new ModelLink(this);
    const impatient = this.weakness === "changes do not wait for leases";
    const clock = impatient
      ? {
          nowMs: () => this.clock.nowMs(),
          sleep: async () => undefined,
          after: (durationMs: number, callback: () => void) =>
            this.clock.after(durationMs, callback),
        }
      : this.clock;
    const lease = new CacheLease({
      store: this.#postgres.leaseStore(),
      clock,
      redisAnswers: () =>
        link.send(["PING"]).then(
          () => true,
          () => false,
        ),
    });
    const cache = new MissionCache({
      redis: link,
      lease,
      clock: this.clock,
      onRead: (result) => {
        this.results[result] += 1;
      },
    });
    const repository = {
      read: (id: string) => this.#postgres.read(id),
      change: (request: ChangeRequest, _deadline: Deadline, onUnknownEffect: () => void) =>
        this.#changeOrGiveUp(request, onUnknownEffect),
    };
    return { link, service: new MissionService(repository, cache) };
  }

  /** A client of Postgres gives up long before a stalled statement ends. */
  async #changeOrGiveUp(
    request: ChangeRequest,
    onUnknownEffect: () => void,
  ): Promise<ChangeOutcome> {
    const outcome = await Promise.race([
      this.#postgres.change(request.id, request.generation),
      this.clock.sleep(limits.databaseQueryTimeoutMs).then(() => undefined),
    ]);
    if (outcome === undefined) {
      onUnknownEffect();
      throw new OutcomeUnknownError("no answer");
    }
    await this.travel();
    return outcome;
  }

  async #readUntil(ends: number, replica: Replica): Promise<void> {
    while (this.clock.nowMs() < ends) {
      await this.clock.sleep(this.between(1, 25));
      const id = this.#anyId();
      const floor = this.#floors.get(id) ?? 0;
      const budget = new Deadline(this.clock, limits.databaseBudgetMs);
      const read = await replica.service.read(id, budget).catch(() => undefined);
      if (read !== undefined) {
        if (read.version < floor) {
          this.staleReads.push(`${Math.round(this.clock.nowMs())} ms: ${read.version} < ${floor}`);
        }
        this.#raiseFloor(id, read.version);
      }
    }
  }

  async #changeUntil(ends: number, replica: Replica): Promise<void> {
    while (this.clock.nowMs() < ends) {
      await this.clock.sleep(this.between(20, this.chance(0.5) ? 1_500 : 100));
      const id = this.#anyId();
      const budget = new Deadline(this.clock, limits.databaseBudgetMs);
      const request = { id, change: { title: "t" }, versions: "*" as const, keyed: undefined };
      const outcome = await replica.service.change(request, budget).catch(() => undefined);
      if (outcome?.kind === "changed") {
        this.changes += 1;
        this.#raiseFloor(id, outcome.mission.version);
      }
    }
  }

  async #faultsUntil(ends: number): Promise<void> {
    const trustsTooEarly = this.weakness?.includes("Redis") ?? false;
    const restartShare = trustsTooEarly ? 0.7 : 0.1;
    while (this.clock.nowMs() < ends) {
      await this.clock.sleep(this.between(100, this.chance(0.5) ? 6_000 : 1_000));
      const healedMs = this.between(20, this.chance(0.3) ? 2_500 : 300);
      const replica = this.#replicas[Math.floor(this.#random() * REPLICAS)];
      const fault = this.chance(restartShare) ? "restart" : Math.floor(this.#random() * 4);
      if (fault === "restart") {
        this.#postgres.duringChange = () => void this.#restartRedis();
      } else if (fault <= 1 && replica !== undefined) {
        replica.link.healed = this.clock.sleep(healedMs);
      } else if (fault === 2) {
        this.redis.resumed = this.clock.sleep(healedMs);
      } else {
        this.#postgres.stalls = 1;
      }
    }
  }

  async #snapshotUntil(ends: number): Promise<void> {
    while (this.clock.nowMs() < ends) {
      await this.clock.sleep(this.between(50, 500));
      this.redis.snapshot();
    }
  }

  async #restartRedis(): Promise<void> {
    this.redis.restart();
    this.redisStarts += 1;
    for (const { link } of this.#replicas) {
      link.connected = false;
    }
    await Promise.all(
      this.#replicas.map(async ({ link }) => {
        await this.clock.sleep(this.between(1, 40));
        link.connected = true;
      }),
    );
  }

  #anyId(): string {
    return MISSION_IDS[this.chance(0.5) ? 0 : 1] ?? "";
  }

  #raiseFloor(id: string, version: number): void {
    this.#floors.set(id, Math.max(this.#floors.get(id) ?? 0, version));
  }
}
