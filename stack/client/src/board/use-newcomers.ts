import { useEffect, useRef, useState } from "react";
import { plural } from "../format/plural.ts";
import type { Mission } from "../missions/mission.ts";
import { countNewer } from "../missions/refreshed-list.ts";
import { useServices } from "../services.ts";

const nobody: ReadonlySet<string> = new Set();

/** The ids of the missions that the latest refresh brought; says their number aloud. */
export function useNewcomers(missions: readonly Mission[]): ReadonlySet<string> {
  const { announcer } = useServices();
  const former = useRef(missions);
  const [newcomers, setNewcomers] = useState(nobody);
  useEffect(() => {
    const count = countNewer(former.current, missions);
    former.current = missions;
    if (count === 0) return;
    setNewcomers(new Set(missions.slice(0, count).map(({ id }) => id)));
    announcer.announce(`${plural(count, "new mission")}.`);
  }, [missions, announcer]);
  return newcomers;
}
