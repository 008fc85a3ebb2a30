/**
 * What belongs to one request: its id, its deadline, its route; and the one log line and the one
 * measurement that it leaves behind.
 */
import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import type { Clock } from "../clock.ts";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { Logger } from "../logger.ts";
import { methodLabel, statusClassLabel, type Metrics } from "../metrics.ts";

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const LOGGED_PATH_CHARACTERS_MAX = 200;
/** Asked every few seconds by machines; logged only when the answer is not a success. */
const QUIET_ROUTES: ReadonlySet<string> = new Set(["/livez", "/readyz", "/metrics"]);
/** As nginx logs it: the client has gone before the answer. */
const CLIENT_CLOSED_REQUEST = 499;

export interface RequestContext {
  readonly requestId: string;
  /** How long the request may spend on the database, all in all. */
  readonly deadline: Deadline;
  readonly logger: Logger;
  /** The template of the route, `unmatched` until one matches. */
  route: string;
}

const contexts = new WeakMap<Request, RequestContext>();

/** The context of a request that has passed the middleware below. */
export function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (context === undefined) {
    throw new Error(
      "find the context of a request: none, allowed: one; install the middleware first",
    );
  }
  return context;
}

/**
 * The request id to use: the one that the gateway sends if it is well formed, a new one otherwise.
 */
export function acceptRequestId(header: string | undefined): string {
  return header !== undefined && REQUEST_ID.test(header) ? header : randomUUID();
}

/** Answers that have begun and not ended, so that a stop can wait for them. */
export class AnswersInProgress {
  readonly #answers = new Set<Response>();
  #draining = false;

  get count(): number {
    return this.#answers.size;
  }

  get draining(): boolean {
    return this.#draining;
  }

  add(answer: Response): void {
    this.#answers.add(answer);
    if (this.#draining) {
      answer.setHeader("Connection", "close");
    }
  }

  remove(answer: Response): void {
    this.#answers.delete(answer);
  }

  /**
   * From now on every answer, also those in progress, asks its client to use another connection.
   */
  drain(): void {
    this.#draining = true;
    for (const answer of this.#answers) {
      if (!answer.headersSent) {
        answer.setHeader("Connection", "close");
      }
    }
  }
}

/** The first middleware of the application. */
export function requestContext(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly replicaId: string;
  readonly answers: AnswersInProgress;
}): RequestHandler {
  const { clock, logger, metrics, replicaId, answers } = options;
  return (request, response, next) => {
    const startedAtMs = clock.nowMs();
    const requestId = acceptRequestId(request.get("X-Request-Id"));
    const context: RequestContext = {
      requestId,
      deadline: new Deadline(clock, limits.databaseBudgetMs),
      logger: logger.child({ requestId }),
      route: "unmatched",
    };
    contexts.set(request, context);
    response.setHeader("X-Request-Id", requestId);
    response.setHeader("X-Replica-Id", replicaId);
    answers.add(response);
    metrics.requestsInFlight.inc();
    response.once("close", () => {
      answers.remove(response);
      metrics.requestsInFlight.dec();
      const durationMs = clock.nowMs() - startedAtMs;
      const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
      const method = methodLabel(request.method);
      metrics.requestDuration.observe(
        { method, route: context.route, status_code: String(status) },
        durationMs / 1_000,
      );
      const isQuiet = QUIET_ROUTES.has(context.route);
      if (!isQuiet) metrics.apiResponses.inc({ status_class: statusClassLabel(status) });
      if (!isQuiet || status >= 400) {
        context.logger.info(
          {
            method,
            route: context.route,
            path: request.path.slice(0, LOGGED_PATH_CHARACTERS_MAX),
            status,
            durationMs: Math.round(durationMs * 10) / 10,
            clientAddress: request.ip,
            replayed: response.hasHeader("Idempotency-Replayed"),
          },
          "request",
        );
      }
    });
    next();
  };
}
