import { Agent, createServer, request, type Server } from "node:http";
import { once } from "node:events";
import express from "express";
import { expect, test } from "vitest";
import { systemClock, type Clock } from "../clock.ts";
import { AnswersInProgress, requestContext } from "../http/request-context.ts";
import { limits } from "../limits.ts";
import { createLogger } from "../logger.ts";
import { createMetrics } from "../metrics.ts";
import { GracefulStop } from "./graceful-stop.ts";

interface Outcome {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

async function setUp(options: {
  readonly clock?: Clock;
  readonly closeResources?: () => Promise<void>;
}) {
  const logger = createLogger({ level: "silent", replicaId: "test", buildId: "test" });
  const answers = new AnswersInProgress();
  const application = express();
  const metrics = createMetrics({ buildId: "test", replicaId: "test" });
  application.use(
    requestContext({ clock: systemClock, logger, metrics, replicaId: "test", answers }),
  );
  const release: { now: () => void } = { now: () => undefined };
  application.get("/slow", async (_request, response) => {
    await new Promise<void>((resolve) => {
      release.now = resolve;
    });
    response.json({});
  });
  application.get("/fast", (_request, response) => {
    response.json({});
  });
  const server: Server = createServer({ keepAliveTimeout: 60_000 }, application);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const codes: number[] = [];
  const stop = new GracefulStop({
    server,
    answers,
    clock: options.clock ?? systemClock,
    logger,
    drainDelayMs: 0,
    closeResources: options.closeResources ?? (async () => undefined),
    exit: (code) => codes.push(code),
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const agent = new Agent({ keepAlive: true });
  const get = async (path: string): Promise<Outcome> => {
    const sent = request({ host: "127.0.0.1", port, path, agent });
    sent.end();
    const [answer] = await once(sent, "response");
    answer.resume();
    await once(answer, "end");
    return { status: answer.statusCode, connection: answer.headers.connection };
  };
  return { answers, codes, stop, release, get };
}

async function until(condition: () => boolean): Promise<void> {
  const endsAtMs = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > endsAtMs) {
      throw new Error("wait for a condition: not met within 5,000 ms, allowed: met; see the test");
    }
    await systemClock.sleep(5);
  }
}

test("idle connections do not hold up the stop; an answer in progress is waited for", async () => {
  const { answers, codes, stop, release, get } = await setUp({});
  await get("/fast");
  const slow = get("/slow");
  await until(() => answers.count === 1);
  stop.onSignal("SIGTERM");
  await systemClock.sleep(100);
  expect(codes).toEqual([]);
  await expect(get("/fast")).rejects.toThrow("ECONNREFUSED");
  release.now();
  expect(await slow).toEqual({ status: 200, connection: "close" });
  await until(() => codes.length > 0);
  expect(codes).toEqual([0]);
});

test("a second signal ends the process at once", async () => {
  const { answers, codes, stop, release, get } = await setUp({});
  const slow = get("/slow");
  await until(() => answers.count === 1);
  stop.onSignal("SIGTERM");
  stop.onSignal("SIGTERM");
  expect(codes).toEqual([1]);
  release.now();
  await slow;
});

test("an error that nobody caught ends the process with 1, resources that hang included", async () => {
  const { codes, stop } = await setUp({ closeResources: () => new Promise(() => undefined) });
  const startedAtMs = performance.now();
  stop.onFatalError(new Error("defect"));
  await until(() => codes.length > 0);
  expect(codes).toEqual([1]);
  expect(performance.now() - startedAtMs).toBeLessThan(limits.crashStopMs + 500);
});

test("resources that fail to close do not keep the process alive", async () => {
  const { codes, stop } = await setUp({
    closeResources: async () => {
      throw new Error("already closed");
    },
  });
  stop.onSignal("SIGINT");
  await until(() => codes.length > 0);
  expect(codes).toEqual([0]);
});
