import {
  readInteger,
  readList,
  readObject,
  readString,
  readStringOrNull,
  readTime,
  UnexpectedShapeError,
} from "../http/json.ts";
import { isMissionState, type MissionState } from "./mission-state.ts";

export type Mission = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly state: MissionState;
  /** Grows with every change; the entity tag of the mission is made of it. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type MissionEvent = {
  readonly id: string;
  readonly missionId: string;
  /** What happened: a name of the service's own, or "note". */
  readonly type: string;
  readonly message: string;
  readonly createdAt: string;
};

/** One page of a list; `nextCursor` is null on the last one. */
export type Page<Item> = {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
};

export function readMission(value: unknown): Mission {
  const object = readObject(value, "mission");
  const state = object["state"];
  if (!isMissionState(state)) {
    throw new UnexpectedShapeError("mission.state", "a state of the life cycle", state);
  }
  return {
    id: readString(object, "id", "mission"),
    title: readString(object, "title", "mission"),
    description: readString(object, "description", "mission"),
    state,
    version: readInteger(object, "version", "mission"),
    createdAt: readTime(object, "createdAt", "mission"),
    updatedAt: readTime(object, "updatedAt", "mission"),
  };
}

export function readMissionEvent(value: unknown): MissionEvent {
  const object = readObject(value, "event");
  return {
    id: String(readInteger(object, "id", "event")),
    missionId: readString(object, "missionId", "event"),
    type: readString(object, "type", "event"),
    message: readString(object, "message", "event"),
    createdAt: readTime(object, "createdAt", "event"),
  };
}

export function readPage<Item>(value: unknown, readItem: (item: unknown) => Item): Page<Item> {
  const object = readObject(value, "page");
  return {
    items: readList(object, "items", "page", readItem),
    nextCursor: readStringOrNull(object, "nextCursor", "page"),
  };
}
