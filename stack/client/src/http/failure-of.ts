import { RequestFailure } from "./request-failure.ts";

/** Returns a failed request as a value; every other error is a defect and is thrown again. */
export function failureOf(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  throw error;
}
