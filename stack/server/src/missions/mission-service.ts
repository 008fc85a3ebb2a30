/**
 * Changes of a mission, with what they owe to the cache. Reads and creations need no more than a
 * line.
 */
import type { ChangePermit, MissionCache } from "../cache/mission-cache.ts";
import { DatabaseUnavailableError, OutcomeUnknownError } from "../database/database.ts";
import type { Deadline } from "../deadline.ts";
import type { ChangeOutcome, ChangeRequest, MissionRepository } from "./mission-repository.ts";
import type { Mission } from "./mission.ts";

/** Generations that may end under one change before it gives up. */
const GENERATIONS_MAX = 4;

type Repository = Pick<MissionRepository, "read" | "change">;

export class MissionService {
  readonly #repository: Repository;
  readonly #cache: MissionCache;

  constructor(repository: Repository, cache: MissionCache) {
    this.#repository = repository;
    this.#cache = cache;
  }

  /** The mission, undefined when there is none. */
  read(id: string, deadline: Deadline): Promise<Mission | undefined> {
    return this.#cache.read(id, (budget) => this.#repository.read(id, budget), deadline);
  }

  /** Applies a change under a proof that no replica reads what was before; see cache-lease.ts. */
  async change(
    request: Omit<ChangeRequest, "generation">,
    deadline: Deadline,
  ): Promise<Exclude<ChangeOutcome, { kind: "generation_moved" }>> {
    for (let turn = 0; turn < GENERATIONS_MAX; turn += 1) {
      const permit = await this.#cache.prepareChange(request.id, deadline);
      const outcome = await this.#changeUnder(permit, request, deadline);
      if (outcome.kind !== "generation_moved") {
        return outcome;
      }
      await this.#cache.startOver(permit, deadline);
    }
    throw new DatabaseUnavailableError(
      `missions.change: the cache changed its generation ${GENERATIONS_MAX} times, allowed: ` +
        "fewer; repeat the request",
    );
  }

  async #changeUnder(
    permit: ChangePermit,
    request: Omit<ChangeRequest, "generation">,
    deadline: Deadline,
  ): Promise<ChangeOutcome> {
    let unsettled = false;
    const leaveUnsettled = (): void => {
      unsettled = true;
      this.#cache.leaveUnsettled(permit);
    };
    const keyedToGeneration = { ...request, generation: permit.generation };
    let outcome: ChangeOutcome;
    try {
      outcome = await this.#repository.change(keyedToGeneration, deadline, leaveUnsettled);
    } catch (error) {
      if (!unsettled) {
        this.#cache.abandonChange(permit);
      }
      throw error;
    }
    if (outcome.kind !== "changed") {
      if (!unsettled) {
        this.#cache.abandonChange(permit);
      }
      return outcome;
    }
    try {
      await this.#cache.confirmChange(permit, deadline);
    } catch (error) {
      leaveUnsettled();
      throw new OutcomeUnknownError(
        "missions.change: stored, but other replicas may still read what was before, allowed: " +
          "only what is now; repeat the request with the same idempotency key",
        { cause: error },
      );
    }
    return outcome;
  }
}
