import { requestJson, type Fetch } from "../http/request-json.ts";
import {
  readMission,
  readMissionEvent,
  readPage,
  type Mission,
  type MissionEvent,
  type Page,
} from "./mission.ts";
import type { MissionState } from "./mission-state.ts";

export type MissionContent = { readonly title: string; readonly description: string };

export type MissionChange = Partial<MissionContent> & { readonly state?: MissionState };

export type MissionQuery = {
  readonly state: MissionState | null;
  readonly limit: number;
  readonly cursor: string | null;
};

/** The HTTP interface of the mission service, as far as this client uses it. */
export type MissionsApi = {
  listMissions(query: MissionQuery, signal?: AbortSignal): Promise<Page<Mission>>;
  readMission(id: string, signal?: AbortSignal): Promise<Mission>;
  createMission(content: MissionContent, idempotencyKey: string): Promise<Mission>;
  /** Changes a mission if it still has the given version; a 412 tells of a lost race. */
  changeMission(
    mission: { readonly id: string; readonly version: number },
    change: MissionChange,
    idempotencyKey: string,
  ): Promise<Mission>;
  listEvents(query: EventQuery, signal?: AbortSignal): Promise<Page<MissionEvent>>;
  appendEvent(missionId: string, message: string, idempotencyKey: string): Promise<MissionEvent>;
};

export type EventQuery = {
  readonly missionId: string;
  readonly limit: number;
  readonly cursor: string | null;
};

export function createMissionsApi(fetch: Fetch): MissionsApi {
  return {
    listMissions: (query, signal) =>
      requestJson(fetch, `/api/missions${toSearch(query)}`, {
        read: (body) => readPage(body, readMission),
        ...optionalSignal(signal),
      }),
    readMission: (id, signal) =>
      requestJson(fetch, missionAddress(id), { read: readMission, ...optionalSignal(signal) }),
    createMission: (content, idempotencyKey) =>
      requestJson(fetch, "/api/missions", {
        method: "POST",
        headers: { "Idempotency-Key": idempotencyKey },
        body: content,
        read: readMission,
      }),
    changeMission: ({ id, version }, change, idempotencyKey) =>
      requestJson(fetch, missionAddress(id), {
        method: "PATCH",
        headers: { "If-Match": `"${version}"`, "Idempotency-Key": idempotencyKey },
        body: change,
        read: readMission,
      }),
    listEvents: ({ missionId, limit, cursor }, signal) =>
      requestJson(fetch, `${missionAddress(missionId)}/events${toSearch({ limit, cursor })}`, {
        read: (body) => readPage(body, readMissionEvent),
        ...optionalSignal(signal),
      }),
    appendEvent: (missionId, message, idempotencyKey) =>
      requestJson(fetch, `${missionAddress(missionId)}/events`, {
        method: "POST",
        headers: { "Idempotency-Key": idempotencyKey },
        body: { message },
        read: readMissionEvent,
      }),
  };
}

function missionAddress(id: string): string {
  return `/api/missions/${encodeURIComponent(id)}`;
}

function toSearch(query: Readonly<Record<string, string | number | null>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null) search.set(name, String(value));
  }
  return `?${search}`;
}

function optionalSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
