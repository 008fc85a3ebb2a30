/** What an ending is: how it is brought about, and what has to be seen behind it. */

import type { RunVerdict } from "../../reports/verdict.ts";
import type { RunningCommand } from "./running-command.ts";
import type { Scene } from "./scene.ts";

/** This machine, or this user, cannot bring an ending about. */
export class NotPossibleHereError extends Error {}

export type Disturbance = (command: RunningCommand) => Promise<void>;

/** One way in which a command may end. */
export interface Ending {
  /** In kebab-case. */
  readonly id: string;
  /** How it is brought about, in words. */
  readonly title: string;
  /** Whether a container engine is needed for it. */
  readonly needsEngine: boolean;
  /** Whether it changes what ships, and so has images of its own, which go with it. */
  readonly changesStack?: true;
  /** Words behind `node cli/main.ts`. */
  readonly args: readonly string[];
  /**
   * Changes the copy of the checkout, or the environment, before the command starts; what it
   * returns happens to the command while it runs.
   */
  readonly stage?: (scene: Scene) => Promise<Disturbance | void> | Disturbance | void;
  readonly expected: ExpectedEnd;
}

/** A verdict, or `none` where nothing was begun that could have one. */
export type ToldVerdict = RunVerdict["verdict"] | "none";

export interface ExpectedEnd {
  readonly exitCode: number;
  readonly verdict: ToldVerdict;
  /** Stands in what the command told, on either stream. */
  readonly says: RegExp;
  /** Files of the run that are promised to be there, and not empty. */
  readonly files: readonly string[];
  /** Who removes what is left: the command itself, or where it cannot any more, the next start. */
  readonly removedBy: "itself" | "next start";
}

type Expectation = Pick<ExpectedEnd, "exitCode" | "verdict" | "says"> & Partial<ExpectedEnd>;

/** No file is promised and nothing is left to anybody, unless that is said. */
export function expects(expectation: Expectation): ExpectedEnd {
  return { files: [], removedBy: "itself", ...expectation };
}

export interface SeenEnd {
  readonly exitCode: number;
  readonly verdict: ToldVerdict;
  /** Criteria of the verdict that something was measured for. */
  readonly measuredCount: number;
  readonly output: string;
  readonly missingFiles: readonly string[];
  /** Containers, networks, volumes, folders and processes, in words, right behind the end. */
  readonly leftAtOnce: readonly string[];
  /** The same, once whoever is to remove them has done so. */
  readonly left: readonly string[];
  readonly durationMs: number;
  /** From the disturbance to the end; `null` where there was none. */
  readonly afterDisturbanceMs: number | null;
}

/** Whether a verdict lets something be released. */
export function verdictKind(verdict: ToldVerdict): "good" | "other" {
  return verdict === "GO" || verdict === "GO_WITH_WARNINGS" ? "good" : "other";
}
