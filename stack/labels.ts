/** Labels by which containers, networks and volumes of a run are known. */
export const labels = {
  /** Id of the run; faults and clean-up are limited to it. */
  run: "dev.hyper-mission.run",
  /** Process that owns the run, as written by `ownerOfThisProcess`. */
  owner: "dev.hyper-mission.owner",
  /** What a container is for that belongs to a run and not to the system. */
  role: "dev.hyper-mission.role",
} as const;
