/**
 * Ends the server without losing a request.
 *
 *     signal ─▶ not ready, answers say "Connection: close" ─▶ (drain delay) ─▶ no new connections
 *            ─▶ answers in progress end, at most drainMs ─▶ connections are cut
 *            ─▶ pools closed ─▶ exit
 *
 * Exit codes: 0 after a signal; 1 after an error that nobody caught, after a second signal, and
 * when the stop did not end in time.
 */
import type { Server } from "node:http";
import type { Clock } from "../clock.ts";
import type { AnswersInProgress } from "../http/request-context.ts";
import { limits } from "../limits.ts";
import type { Logger } from "../logger.ts";

const IDLE_CHECK_INTERVAL_MS = 50;

export interface StopParts {
  readonly server: Server;
  readonly answers: AnswersInProgress;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly drainDelayMs: number;
  /** Closes what the server holds besides connections of clients. */
  readonly closeResources: () => Promise<void>;
  readonly exit: (code: number) => void;
}

export class GracefulStop {
  readonly #parts: StopParts;
  #stopping = false;

  constructor(parts: StopParts) {
    this.#parts = parts;
  }

  /** Begins the stop after a signal; the second signal ends the process at once. */
  onSignal(signal: string): void {
    const { logger, drainDelayMs, exit } = this.#parts;
    if (this.#stopping) {
      logger.warn({ signal }, "second signal: the process ends at once");
      exit(1);
      return;
    }
    logger.info({ signal, inProgress: this.#parts.answers.count }, "stopping");
    void this.#stop(drainDelayMs, limits.drainMs, limits.stopMs + drainDelayMs, 0);
  }

  /** Begins a short stop after an error that leaves the process in an unknown state. */
  onFatalError(error: unknown): void {
    const { logger, exit } = this.#parts;
    logger.fatal({ err: error }, "an error that nobody caught: the process ends");
    if (this.#stopping) {
      exit(1);
      return;
    }
    void this.#stop(0, limits.crashStopMs / 2, limits.crashStopMs, 1);
  }

  async #stop(delayMs: number, drainMs: number, stopMs: number, code: number): Promise<void> {
    const { answers, clock, logger, closeResources, exit } = this.#parts;
    this.#stopping = true;
    const late = setTimeout(() => {
      logger.error({ stopMs, inProgress: answers.count }, "the stop did not end in time");
      exit(1);
    }, stopMs);
    answers.drain();
    if (delayMs > 0) {
      await clock.sleep(delayMs);
    }
    await this.#closeConnections(drainMs);
    try {
      await closeResources();
    } catch (error) {
      logger.warn({ err: error }, "a resource could not be closed");
    }
    clearTimeout(late);
    logger.info({ code }, "stopped");
    exit(code);
  }

  /** Resolves when no connection of a client is left. */
  #closeConnections(drainMs: number): Promise<void> {
    const { server, answers, logger } = this.#parts;
    return new Promise((resolve) => {
      // A connection whose answer was under way when the stop began becomes idle only later.
      const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_INTERVAL_MS);
      const cut = setTimeout(() => {
        logger.warn({ inProgress: answers.count }, "answers in progress are cut off");
        server.closeAllConnections();
      }, drainMs);
      server.close(() => {
        clearInterval(idle);
        clearTimeout(cut);
        resolve();
      });
      server.closeIdleConnections();
    });
  }
}
