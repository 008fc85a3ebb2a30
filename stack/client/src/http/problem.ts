import { isObject } from "./json.ts";

/** Problem details of an HTTP answer (RFC 9457); a member that was absent is null. */
export type Problem = {
  /** A URI that identifies the kind of problem. */
  readonly type: string | null;
  readonly title: string | null;
  readonly detail: string | null;
};

export const noProblem: Problem = { type: null, title: null, detail: null };

/**
 * Reads problem details from any parsed body.
 *
 * A gateway or a proxy in between may answer with something else, so a body of another shape
 * yields empty members instead of an error.
 */
export function readProblem(body: unknown): Problem {
  if (!isObject(body)) return noProblem;
  return {
    type: textOrNull(body["type"]),
    title: textOrNull(body["title"]),
    detail: textOrNull(body["detail"]),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
