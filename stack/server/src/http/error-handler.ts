/** Turns everything that a handler threw into a problem answer, and nothing of it into a leak. */
import type { ErrorRequestHandler, RequestHandler } from "express";
import { DatabaseUnavailableError, OutcomeUnknownError } from "../database/database.ts";
import { DeadlineExceededError } from "../deadline.ts";
import { limits } from "../limits.ts";
import { describeProblem, ProblemError } from "./problem.ts";
import { contextOf } from "./request-context.ts";

const RETRY_AFTER_S = "1";

/** Errors of the body parser carry a `type`; https://github.com/expressjs/body-parser#errors. */
const BODY_PROBLEMS: Readonly<Record<string, () => ProblemError>> = {
  "entity.parse.failed": () =>
    new ProblemError("malformed-json", 400, "The body is malformed, allowed: one JSON object"),
  "entity.too.large": () =>
    new ProblemError(
      "body-too-large",
      413,
      `The body is too large, allowed: ${limits.bodyBytesMax} bytes`,
    ),
  "charset.unsupported": () =>
    new ProblemError(
      "unsupported-media-type",
      415,
      "The body is in another character set, allowed: UTF-8",
    ),
  "encoding.unsupported": () =>
    new ProblemError(
      "unsupported-media-type",
      415,
      "The body has another content encoding, allowed: gzip, deflate, br or none",
    ),
};

/** The problem that an error becomes. Pure. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) {
    return error;
  }
  if (error instanceof OutcomeUnknownError) {
    return new ProblemError(
      "outcome-unknown",
      504,
      "The change may or may not have taken effect, allowed: to repeat it with the same " +
        "Idempotency-Key, which tells",
      { headers: { "Retry-After": RETRY_AFTER_S }, cause: error },
    );
  }
  if (error instanceof DatabaseUnavailableError || error instanceof DeadlineExceededError) {
    return new ProblemError(
      "unavailable",
      503,
      "The request took no effect because the service cannot answer now, allowed: to repeat it",
      { headers: { "Retry-After": RETRY_AFTER_S }, cause: error },
    );
  }
  if (error instanceof Error) {
    const type: unknown = Reflect.get(error, "type");
    const bodyProblem = typeof type === "string" ? BODY_PROBLEMS[type] : undefined;
    if (bodyProblem !== undefined) {
      return bodyProblem();
    }
    const status: unknown = Reflect.get(error, "status");
    if (typeof status === "number" && status >= 400 && status < 500) {
      return new ProblemError("malformed-request", 400, "The request is malformed", {
        cause: error,
      });
    }
  }
  return new ProblemError(
    "internal-error",
    500,
    "The request failed by a defect of the server; report it with the requestId",
    { cause: error },
  );
}

/** The last middleware: everything that reached no route. */
export const notFound: RequestHandler = (request) => {
  throw new ProblemError("not-found", 404, `Nothing is at ${request.path.slice(0, 200)}`);
};

export const errorHandler: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const problem = toProblem(error);
  const context = contextOf(request);
  if (problem.status === 500) {
    context.logger.error({ err: problem.cause ?? error, problem: problem.type }, "request failed");
  } else if (problem.status > 500) {
    // Without the stack: during an outage there is one such line per request, all from the same
    // place.
    const reason = problem.cause instanceof Error ? problem.cause.message : problem.message;
    context.logger.warn({ reason, problem: problem.type }, "request failed");
  }
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(problem.headers)) {
    response.setHeader(name, value);
  }
  response.removeHeader("ETag");
  response.statusCode = problem.status;
  response.setHeader("Content-Type", "application/problem+json");
  response.end(JSON.stringify(describeProblem(problem, context.requestId)));
};
