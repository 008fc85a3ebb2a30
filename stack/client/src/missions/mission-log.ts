import { ListStore } from "./list-store.ts";
import type { MissionEvent } from "./mission.ts";
import type { MissionStore } from "./mission-store.ts";
import type { MissionsApi } from "./missions-api.ts";

/** A mission together with its events, refreshed as one. */
export class MissionLog {
  readonly mission: MissionStore;
  readonly events: ListStore<MissionEvent>;

  constructor(api: MissionsApi, mission: MissionStore, now: () => number) {
    this.mission = mission;
    this.events = new ListStore<MissionEvent>(
      ({ limit, cursor }, signal) =>
        api.listEvents({ missionId: mission.id, limit, cursor }, signal),
      now,
    );
  }

  /**
   * Reads both at the same time. Resolves to whether both succeeded.
   *
   * A mission that is missing is not asked for again: ids are given by the service, once.
   */
  async refresh(signal: AbortSignal): Promise<boolean> {
    if (this.mission.snapshot.get().isMissing) return true;
    const results = await Promise.all([this.mission.refresh(signal), this.events.refresh(signal)]);
    return results.every(Boolean);
  }
}
