import type { History } from "./records.ts";

const idLengthMax = 12;

/** How people call a replica: the name of its container where that is known, else its own id. */
export function nameReplicas({
  containers,
}: Pick<History, "containers">): (replica: string) => string {
  const names = new Map(
    containers.flatMap(({ name, before, after }) =>
      [before, after].flatMap((moment): readonly (readonly [string, string])[] =>
        moment === null ? [] : [[moment.hostName, name]],
      ),
    ),
  );
  return (replica) => names.get(replica) ?? replica.slice(0, idLengthMax);
}
