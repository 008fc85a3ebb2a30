import { failureOf } from "../http/failure-of.ts";
import { firstOfSame, type RequestFailure } from "../http/request-failure.ts";
import { SubmissionKeys } from "../http/submission-keys.ts";
import { Observable } from "../live/observable.ts";
import type { Mission } from "./mission.ts";
import type { MissionChange, MissionsApi } from "./missions-api.ts";

export type MissionSnapshot = {
  /** Null until the mission was read for the first time. */
  readonly mission: Mission | null;
  readonly isMissing: boolean;
  /** Why the last refresh failed, null if it did not. */
  readonly failure: RequestFailure | null;
  readonly updatedAtMs: number | null;
};

export type ChangeOutcome =
  | { readonly kind: "saved"; readonly mission: Mission }
  /** Somebody else was faster: nothing was changed, `current` is what is stored now. */
  | { readonly kind: "lost-race"; readonly seen: Mission; readonly current: Mission }
  | { readonly kind: "failed"; readonly failure: RequestFailure };

export type MissionStoreOptions = {
  readonly api: MissionsApi;
  readonly id: string;
  /** The mission as another page already showed it, to have something at once. */
  readonly known: Mission | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Makes a new idempotency key. */
  readonly mintKey: () => string;
};

/** One mission as it is known here, kept fresh and changed with optimistic locking. */
export class MissionStore {
  readonly id: string;
  readonly snapshot: Observable<MissionSnapshot>;
  readonly #api: MissionsApi;
  readonly #now: () => number;
  readonly #keys: SubmissionKeys;

  constructor({ api, id, known, now, mintKey }: MissionStoreOptions) {
    this.id = id;
    this.#api = api;
    this.#now = now;
    this.#keys = new SubmissionKeys(mintKey);
    this.snapshot = new Observable<MissionSnapshot>({
      mission: known,
      isMissing: false,
      failure: null,
      updatedAtMs: null,
    });
  }

  /** Reads the mission anew; what was shown stays when that fails. Resolves to its success. */
  async refresh(signal: AbortSignal): Promise<boolean> {
    try {
      const mission = await this.#api.readMission(this.id, signal);
      if (signal.aborted) return false;
      this.#accept(mission);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const failure = failureOf(error);
      const isMissing = failure.facts.status === 404;
      if (isMissing) this.#update({ mission: null, isMissing, failure: null });
      else this.#update({ failure: firstOfSame(this.snapshot.get().failure, failure) });
      return isMissing;
    }
  }

  /**
   * Changes the mission if it is still the one that was seen.
   *
   * The same change once more carries the same key: should the first attempt have taken effect
   * unnoticed, its answer is repeated, and nobody loses a race against themselves.
   */
  async change(seen: Mission, change: MissionChange): Promise<ChangeOutcome> {
    const key = this.#keys.keyFor({ version: seen.version, change });
    try {
      const mission = await this.#api.changeMission(seen, change, key);
      this.#accept(mission);
      return { kind: "saved", mission };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.facts.status !== 412) return { kind: "failed", failure };
      return this.#afterLostRace(seen);
    }
  }

  async #afterLostRace(seen: Mission): Promise<ChangeOutcome> {
    try {
      const current = await this.#api.readMission(this.id);
      this.#accept(current);
      return { kind: "lost-race", seen, current };
    } catch (error) {
      return { kind: "failed", failure: failureOf(error) };
    }
  }

  #accept(mission: Mission): void {
    const known = this.snapshot.get().mission;
    // A read that started before a change may end after it; versions never go back on display.
    const newest = known !== null && known.version > mission.version ? known : mission;
    const updatedAtMs = this.#now();
    this.#update({ mission: newest, isMissing: false, failure: null, updatedAtMs });
  }

  #update(change: Partial<MissionSnapshot>): void {
    this.snapshot.set({ ...this.snapshot.get(), ...change });
  }
}
