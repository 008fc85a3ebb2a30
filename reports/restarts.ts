import { formatNumberOf } from "./format.ts";
import type { ContainerLife } from "./records.ts";

/** What happened to a container that should not have. */
export interface Restart {
  readonly container: string;
  readonly what: string;
}

/** Containers that started anew, vanished, appeared or ran out of memory without being meant to. */
export function unexpectedRestarts(
  containers: readonly ContainerLife[],
  mayRestart: readonly string[],
): readonly Restart[] {
  return containers.flatMap((life) =>
    harmOf(life, mayRestart.includes(life.service)).map((what) => ({ container: life.name, what })),
  );
}

/** Starts by the restart policy, which the engine counts per container. */
export function policyRestarts(containers: readonly ContainerLife[], service: string): number {
  return containers
    .filter((life) => life.service === service)
    .map(({ before, after }) =>
      before === null || after === null || before.id !== after.id
        ? 0
        : Math.max(0, after.restartCount - before.restartCount),
    )
    .reduce((sum, count) => sum + count, 0);
}

function harmOf({ before, after }: ContainerLife, mayRestart: boolean): readonly string[] {
  if (after === null) return before === null ? [] : ["is gone"];
  if (mayRestart) return [];
  if (before === null) return ["was not there before"];
  const starved = after.oomKilled && !before.oomKilled ? ["was killed for its use of memory"] : [];
  if (before.id !== after.id) return ["is another container", ...starved];
  const policy = after.restartCount - before.restartCount;
  if (policy > 0) {
    return [`was started ${formatNumberOf(policy, "time")} by its restart policy`, ...starved];
  }
  return before.startedAt === after.startedAt
    ? starved
    : [`started again at ${after.startedAt}`, ...starved];
}
