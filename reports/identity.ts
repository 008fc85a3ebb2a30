import type { ContainerLife, Operation } from "./records.ts";

/** Who gave the good answers of the API. */
export interface Identity {
  readonly answers: number;
  /** Requests whose answer names nobody, or somebody whom the engine does not know. */
  readonly strangers: readonly string[];
}

/**
 * Compares the names in the answers with the containers that the engine knew before or after; with
 * none of them known, only answers without a name are strange.
 *
 * A complete answer with the body of something else is an answer by the wrong service, whatever
 * name it carries.
 */
export function identityOf(
  operations: readonly Operation[],
  containers: readonly ContainerLife[],
): Identity {
  const known = new Set(
    containers.flatMap(({ before, after }) =>
      [before, after].flatMap((seen) => seen?.hostName ?? []),
    ),
  );
  const isKnown = (replica: string) => known.size === 0 || known.has(replica);
  const answers = operations.filter(
    ({ path, outcome, failureClass }) =>
      isOfApi(path) && (outcome === "ok" || failureClass === "wrong-body"),
  );
  return {
    answers: answers.length,
    strangers: answers
      .filter(
        ({ replica, failureClass }) =>
          failureClass === "wrong-body" || replica === null || !isKnown(replica),
      )
      .map(({ requestId }) => requestId),
  };
}

function isOfApi(path: string): boolean {
  return /^\/api(?:[/?]|$)/.test(path);
}
