import { noProblem, type Problem } from "./problem.ts";

/** Why a request brought no usable answer. */
export type FailureKind = "unreachable" | "timeout" | "refused" | "unreadable";

export type FailureFacts = {
  readonly kind: FailureKind;
  /** HTTP status, null where no answer came. */
  readonly status: number | null;
  readonly problem: Problem;
  /** The request id of the answer, which leads to its log lines. */
  readonly reference: string | null;
};

/** The type of the problem that says that a write may or may not have taken effect. */
const outcomeUnknown = "urn:hyper-mission:problem:outcome-unknown";

/** A request that failed, with what is known about it. */
export class RequestFailure extends Error {
  override readonly name = "RequestFailure";
  readonly facts: FailureFacts;

  constructor(
    attempted: string,
    facts: Pick<FailureFacts, "kind"> & Partial<FailureFacts>,
    options?: ErrorOptions,
  ) {
    const status = facts.status ?? null;
    super(`${attempted}: ${facts.kind}${status === null ? "" : `, status ${status}`}`, options);
    this.facts = { status: null, problem: noProblem, reference: null, ...facts };
  }

  /**
   * True where the request may have been carried out although it failed.
   *
   * A 503 of this system says that nothing was written, unless its problem type says otherwise;
   * every other 5xx, a timeout and a broken connection leave it open.
   */
  get isUndecided(): boolean {
    const { kind, status, problem } = this.facts;
    if (kind !== "refused" || problem.type === outcomeUnknown) return true;
    return status !== null && status >= 500 && status !== 503;
  }
}

/**
 * Of two failures in a row, the one to show: the first for as long as the second is its repetition.
 *
 * A notice that changes with every attempt, if only in its reference, would be read aloud anew.
 */
export function firstOfSame(known: RequestFailure | null, latest: RequestFailure): RequestFailure {
  if (known === null) return latest;
  const isSame =
    known.facts.kind === latest.facts.kind && known.facts.status === latest.facts.status;
  return isSame ? known : latest;
}

/** What a person is told about a failure: one sentence on what happened, one on what helps. */
export type Explanation = { readonly happened: string; readonly advice: string };

export function explainFailure(failure: RequestFailure): Explanation {
  switch (failure.facts.kind) {
    case "unreachable":
      return {
        happened: "The service could not be reached.",
        advice: "Check your connection and try again.",
      };
    case "timeout":
      return {
        happened: "The service took too long to answer.",
        advice: "Try again in a moment.",
      };
    case "unreadable":
      return {
        happened: "The answer of the service could not be read.",
        advice: "Reload the page: it may be older than the service.",
      };
    case "refused":
      return explainStatus(failure.facts);
    default:
      return failure.facts.kind satisfies never;
  }
}

function explainStatus(facts: FailureFacts): Explanation {
  const status = facts.status ?? 0;
  if (status === 429) {
    return { happened: "Too many requests were sent.", advice: "Wait a moment, then try again." };
  }
  if (facts.problem.type === outcomeUnknown) {
    return {
      happened: "It is not known whether the change took effect.",
      advice: "Look at what is stored now before you try again.",
    };
  }
  if (status === 503) {
    return {
      happened: "The service is not available right now.",
      advice: "Nothing was changed. Try again in a moment.",
    };
  }
  if (status >= 500) {
    return { happened: "Something went wrong in the service.", advice: "Try again in a moment." };
  }
  return {
    happened: facts.problem.title ?? `The service refused the request (${status}).`,
    advice: facts.problem.detail ?? "Check what you entered and try again.",
  };
}
