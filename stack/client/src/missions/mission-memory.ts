import { ListStore } from "./list-store.ts";
import type { Mission } from "./mission.ts";
import type { MissionState } from "./mission-state.ts";
import type { MissionsApi } from "./missions-api.ts";

/**
 * The boards that were opened in this tab, so that going back shows a board at once.
 *
 * There is one per filter, hence a handful at most.
 */
export class MissionMemory {
  readonly #api: MissionsApi;
  readonly #now: () => number;
  readonly #boards = new Map<MissionState | null, ListStore<Mission>>();

  constructor(api: MissionsApi, now: () => number) {
    this.#api = api;
    this.#now = now;
  }

  /** @param state the filter, null for all missions */
  board(state: MissionState | null): ListStore<Mission> {
    const known = this.#boards.get(state);
    if (known !== undefined) return known;
    const board = new ListStore<Mission>(
      ({ limit, cursor }, signal) => this.#api.listMissions({ state, limit, cursor }, signal),
      this.#now,
    );
    this.#boards.set(state, board);
    return board;
  }

  /** The mission as any board shows it, in its newest version, or null. */
  findMission(id: string): Mission | null {
    let found: Mission | null = null;
    for (const board of this.#boards.values()) {
      const mission = board.snapshot.get().list.items.find((item) => item.id === id);
      if (mission !== undefined && mission.version > (found?.version ?? -1)) found = mission;
    }
    return found;
  }
}
