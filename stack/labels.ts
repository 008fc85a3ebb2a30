/** Labels that every container, network and volume of a run carries. */
export const labels = {
  /** Id of the run; faults and clean-up are limited to it. */
  run: "dev.hyper-mission.run",
  /** Process that owns the run, as written by `ownerOfThisProcess`. */
  owner: "dev.hyper-mission.owner",
} as const;
