/**
 * Problem details for HTTP APIs (RFC 9457): the one shape of every answer that is not a success.
 *
 * Members: `type` (a URN that never changes its meaning), `title`, `status`, `detail`, `requestId`,
 * and `errors` where several parts of the input are wrong at once. Nothing of the inside (SQL,
 * stack, names of tables) ever gets in: details are written here or derived from the client's own
 * input.
 */
export interface InputError {
  /** JSON pointer (RFC 6901) into the body, or the name of a parameter or header. */
  readonly at: string;
  readonly detail: string;
}

const TITLES = {
  "malformed-request": "The request cannot be read",
  "malformed-json": "The body is not valid JSON",
  "malformed-idempotency-key": "The Idempotency-Key cannot be read",
  "malformed-precondition": "The If-Match header cannot be read",
  "malformed-parameter": "A query parameter cannot be read",
  "not-found": "There is no such resource",
  "method-not-allowed": "The resource does not support this method",
  "invalid-transition": "The mission cannot go to that state",
  "answer-not-kept": "The answer to this Idempotency-Key is no longer kept",
  "stale-version": "The mission has changed in the meantime",
  "body-too-large": "The body is too large",
  "unsupported-media-type": "The media type of the body is not supported",
  "invalid-input": "The body does not describe a valid resource",
  "idempotency-key-reused": "The Idempotency-Key belongs to another request",
  "precondition-required": "The change must name the version it is based on",
  "internal-error": "The server made a mistake",
  unavailable: "The service cannot answer at the moment",
  "outcome-unknown": "It is not known whether the change took effect",
} as const;

export type ProblemType = keyof typeof TITLES;

/** Thrown by handlers, turned into an answer by the error handler. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly type: ProblemType;
  readonly status: number;
  readonly errors: readonly InputError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    type: ProblemType,
    status: number,
    detail: string,
    more: {
      readonly errors?: readonly InputError[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: more.cause });
    this.type = type;
    this.status = status;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly InputError[];
}

/** The body that a ProblemError becomes. */
export function describeProblem(problem: ProblemError, requestId: string): Problem {
  return {
    type: `urn:hyper-mission:problem:${problem.type}`,
    title: TITLES[problem.type],
    status: problem.status,
    detail: problem.message,
    requestId,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
}
