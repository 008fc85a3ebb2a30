/**
 * `/livez`, `/readyz` and `/metrics`: for the orchestrator and for Prometheus, never for the world.
 *
 * Live means that the event loop turns, nothing else: a replica whose database is away must not be
 * restarted for it. Ready means that a request could be served: Postgres answers and no stop is
 * under way. Redis is reported, and never decides.
 */
import type { Express } from "express";
import type { Clock } from "../clock.ts";
import { limits } from "../limits.ts";
import type { Metrics } from "../metrics.ts";
import { ProblemError } from "./problem.ts";
import type { AnswersInProgress } from "./request-context.ts";
import { addRoute } from "./routes.ts";

/** Asks something at most once per `reuseMs` and once at a time, however many ask. */
export class ReusedAnswer {
  readonly #ask: () => Promise<void>;
  readonly #clock: Clock;
  readonly #reuseMs: number;
  #answer: { readonly promise: Promise<boolean>; readonly askedAtMs: number } | undefined;

  constructor(ask: () => Promise<void>, clock: Clock, reuseMs: number) {
    this.#ask = ask;
    this.#clock = clock;
    this.#reuseMs = reuseMs;
  }

  /** True if the question was answered without an error. */
  good(): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    if (this.#answer === undefined || nowMs - this.#answer.askedAtMs >= this.#reuseMs) {
      const promise = this.#ask().then(
        () => true,
        () => false,
      );
      this.#answer = { promise, askedAtMs: nowMs };
    }
    return this.#answer.promise;
  }
}

export function addHealthRoutes(
  application: Express,
  options: {
    readonly clock: Clock;
    readonly metrics: Metrics;
    readonly answers: AnswersInProgress;
    readonly pingDatabase: () => Promise<void>;
    readonly isRedisConnected: () => boolean;
    readonly beforeScrape: () => void;
  },
): void {
  const database = new ReusedAnswer(options.pingDatabase, options.clock, limits.readinessCacheMs);
  addRoute(application, "/livez", {
    get: (_request, response) => {
      response.json({ status: "live" });
    },
  });
  addRoute(application, "/readyz", {
    get: async (_request, response) => {
      if (options.answers.draining) {
        throw new ProblemError("unavailable", 503, "This replica is stopping");
      }
      if (!(await database.good())) {
        throw new ProblemError("unavailable", 503, "Postgres does not answer");
      }
      const redis = options.isRedisConnected() ? "ok" : "away";
      response.json({ status: "ready", checks: { postgres: "ok", redis } });
    },
  });
  addRoute(application, "/metrics", {
    get: async (_request, response) => {
      options.beforeScrape();
      const body = await options.metrics.registry.metrics();
      response.setHeader("Content-Type", options.metrics.registry.contentType);
      response.end(body);
    },
  });
}
