/**
 * Missions in Redis: what is stored, who may store it, and what a change does to it.
 *
 * The entry `mission:<memory of Redis>:<generation>:<id>` is a mission, for about `cacheEntryMs`,
 * or a ticket: one reader is loading the mission and may store it, for `cacheTicketMs`. Beside it,
 * `…:changes` holds a mark for every change under way, for at most `cacheBlockMs`.
 *
 * A reader that finds nothing takes the ticket, only if no change is under way, loads from
 * Postgres, and stores by a script that compares the ticket. A change puts its mark and removes the
 * entry before its statement, and removes its mark, and the entry again, after it. So a load that
 * began before a change ended can never be stored: its ticket is gone. Several changes at once each
 * have their own mark.
 *
 * The argument for all of this together is in cache-lease.ts. Redis gone means: every read loads
 * from Postgres, each mission by one statement at a time.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { CacheResult } from "../metrics.ts";
import { missionSchema, type Mission } from "../missions/mission.ts";
import type { CacheLease } from "./cache-lease.ts";
import { FreshFlight } from "./fresh-flight.ts";
import type { RedisLink } from "./redis-link.ts";
import { BLOCK, STORE, TAKE_TICKET, UNBLOCK } from "./redis-scripts.ts";

const TICKET_PREFIX = "ticket:";

/** The proof under which a change may run its statement; see cache-lease.ts. */
export interface ChangePermit {
  readonly id: string;
  readonly generation: string;
  /** The mark that Redis holds for the change; undefined when the generation is closed. */
  readonly mark: string | undefined;
}

export type MissionLoader = (deadline: Deadline) => Promise<Mission | undefined>;

interface Lookup {
  readonly result: CacheResult;
  readonly mission?: Mission;
  /** Where the loaded mission may be stored. */
  readonly key?: string;
}

export class MissionCache {
  readonly #redis: RedisLink;
  readonly #lease: CacheLease;
  readonly #clock: Clock;
  readonly #onRead: (result: CacheResult) => void;
  readonly #flights = new FreshFlight<Mission | undefined>();
  readonly #unsettled = new Set<ChangePermit>();
  #settling = false;
  #closed = false;

  constructor(options: {
    readonly redis: RedisLink;
    readonly lease: CacheLease;
    readonly clock: Clock;
    readonly onRead: (result: CacheResult) => void;
  }) {
    this.#redis = options.redis;
    this.#lease = options.lease;
    this.#clock = options.clock;
    this.#onRead = options.onRead;
  }

  /** The mission, from Redis if it may be trusted, by `load` otherwise. Rejects as `load` does. */
  async read(id: string, load: MissionLoader, deadline: Deadline): Promise<Mission | undefined> {
    const lookup = await this.#lookUp(id);
    this.#onRead(lookup.result);
    if (lookup.mission !== undefined) {
      return lookup.mission;
    }
    const flight = this.#flights.run(id, () =>
      this.#loadAndStore(lookup.key, () =>
        load(new Deadline(this.#clock, limits.databaseBudgetMs)),
      ),
    );
    return deadline.bound(flight, "read the mission");
  }

  /** Makes what is stored about the mission unusable, before the statement of a change is sent. */
  async prepareChange(id: string, deadline: Deadline): Promise<ChangePermit> {
    const view = await this.#lease.known(deadline);
    if (view.open) {
      const permit = { id, generation: view.generation, mark: randomUUID() };
      if (await this.#block(permit)) {
        return permit;
      }
    }
    return { id, generation: await this.#lease.close(deadline), mark: undefined };
  }

  /** To be called when the statement did nothing because the generation had ended. */
  async startOver(permit: ChangePermit, deadline: Deadline): Promise<void> {
    void this.#unblock(permit);
    await this.#lease.ask(deadline);
  }

  /** To be called when it is certain that the change did not and will not take effect. */
  abandonChange(permit: ChangePermit): void {
    void this.#unblock(permit);
  }

  /** To be called after the commit and before the acknowledgement of a change. */
  async confirmChange(permit: ChangePermit, deadline: Deadline): Promise<void> {
    if (permit.mark !== undefined && !(await this.#unblock(permit))) {
      await this.#lease.close(deadline);
    }
  }

  /**
   * To be called when it is not known whether the statement of a change runs, ran or will run.
   *
   * Keeps the mark alive until the generation has ended, and with it that statement. Goes on in the
   * background, for as long as it takes.
   */
  leaveUnsettled(permit: ChangePermit): void {
    if (permit.mark !== undefined) {
      this.#unsettled.add(permit);
      void this.#settleAll();
    }
  }

  /** Ends the work in the background. */
  close(): void {
    this.#closed = true;
  }

  async #lookUp(id: string): Promise<Lookup> {
    const generation = this.#lease.trusted();
    const key = generation === undefined ? undefined : this.#key(generation, id);
    if (generation === undefined || key === undefined || !this.#redis.memoryIsSettled) {
      return { result: "bypass" };
    }
    let reply: unknown;
    try {
      reply = await this.#redis.send(["GET", key]);
    } catch {
      return { result: "error" };
    }
    if (reply === null) {
      return { result: "miss", key };
    }
    if (typeof reply === "string" && reply.startsWith(TICKET_PREFIX)) {
      return { result: "loading" };
    }
    const mission = parseEntry(reply, id);
    if (mission === undefined) {
      return { result: "invalid" };
    }
    return this.#lease.stillTrusts(generation) ? { result: "hit", mission } : { result: "bypass" };
  }

  async #loadAndStore(
    key: string | undefined,
    load: () => Promise<Mission | undefined>,
  ): Promise<Mission | undefined> {
    const ticket = key === undefined ? undefined : await this.#takeTicket(key);
    const mission = await load();
    if (key !== undefined && ticket !== undefined && mission !== undefined) {
      const entryMs = Math.round(limits.cacheEntryMs * (0.8 + Math.random() * 0.2));
      // Nobody waits for it: an entry that was not stored is a miss later on.
      void this.#run(STORE, key, [ticket, JSON.stringify(mission), String(entryMs)]);
    }
    return mission;
  }

  async #takeTicket(key: string): Promise<string | undefined> {
    const ticket = `${TICKET_PREFIX}${randomUUID()}`;
    const taken = await this.#run(TAKE_TICKET, key, [ticket, String(limits.cacheTicketMs)]);
    return taken ? ticket : undefined;
  }

  /** True when Redis has confirmed that nothing about the mission can be read or stored. */
  async #block({ id, generation, mark }: ChangePermit): Promise<boolean> {
    const key = this.#key(generation, id);
    if (key === undefined || mark === undefined) {
      return false;
    }
    return this.#run(BLOCK, key, [mark, String(limits.cacheBlockMs)]);
  }

  async #unblock({ id, generation, mark }: ChangePermit): Promise<boolean> {
    const key = this.#key(generation, id);
    if (key === undefined || mark === undefined) {
      return false;
    }
    return this.#run(UNBLOCK, key, [mark]);
  }

  /** True when Redis has run the script and it said `OK`. */
  async #run(script: string, key: string, values: readonly string[]): Promise<boolean> {
    try {
      const command = ["EVAL", script, "2", key, `${key}:changes`, ...values];
      return (await this.#redis.send(command)) === "OK";
    } catch {
      return false;
    }
  }

  async #settleAll(): Promise<void> {
    if (this.#settling) {
      return;
    }
    this.#settling = true;
    while (this.#unsettled.size > 0 && !this.#closed) {
      const permits = [...this.#unsettled];
      await Promise.all(permits.map((permit) => this.#block(permit)));
      const deadline = new Deadline(this.#clock, limits.databaseBudgetMs);
      try {
        for (const generation of new Set(permits.map((permit) => permit.generation))) {
          await this.#lease.end(generation, deadline);
        }
        for (const permit of permits) {
          this.#unsettled.delete(permit);
        }
      } catch {
        await this.#clock.sleep(limits.cacheBlockMs / 20);
      }
    }
    this.#settling = false;
  }

  #key(generation: string, id: string): string | undefined {
    const { memoryId } = this.#redis;
    return memoryId === undefined ? undefined : `mission:${memoryId}:${generation}:${id}`;
  }
}

/** The mission of an entry, undefined if it is not one or not the one asked for. */
function parseEntry(entry: unknown, id: string): Mission | undefined {
  if (typeof entry !== "string") {
    return undefined;
  }
  try {
    const parsed: unknown = JSON.parse(entry);
    const mission = missionSchema.safeParse(parsed);
    return mission.success && mission.data.id === id ? mission.data : undefined;
  } catch {
    return undefined;
  }
}
