import type { Mutant } from "../mutant.ts";

/** Postgres makes no index for a foreign key. */
export const eventsNotIndexed: Mutant = {
  id: "events-not-indexed",
  title: "the events of a mission are looked for among those of all missions",
  area: "postgres",
  claim: "load/stores-used",
  objective: "SC-3.stores",
  overlay: { sql: ["drop index mission_events_of_mission"] },
};
