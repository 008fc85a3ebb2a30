export const missionStates = ["planned", "active", "completed", "aborted"] as const;

export type MissionState = (typeof missionStates)[number];

export function isMissionState(value: unknown): value is MissionState {
  return missionStates.some((state) => state === value);
}

export const stateLabels: Readonly<Record<MissionState, string>> = {
  planned: "Planned",
  active: "Active",
  completed: "Completed",
  aborted: "Aborted",
};

export type Transition = {
  readonly to: MissionState;
  /** The button's text, an imperative. */
  readonly label: string;
  /** What follows from it, asked for confirmation; null where the step is harmless. */
  readonly warning: string | null;
};

const finalStep = "This is final: the state of the mission can no longer change afterwards.";

const start: Transition = { to: "active", label: "Start mission", warning: null };
const complete: Transition = { to: "completed", label: "Complete mission", warning: finalStep };
const abort: Transition = { to: "aborted", label: "Abort mission", warning: finalStep };

const transitions: Readonly<Record<MissionState, readonly Transition[]>> = {
  planned: [start],
  active: [complete, abort],
  completed: [],
  aborted: [],
};

/** The steps that a mission's life cycle allows from a state. */
export function transitionsFrom(state: MissionState): readonly Transition[] {
  return transitions[state];
}
