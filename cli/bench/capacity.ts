/** The most that closed-loop clients get, by autocannon and, where it is installed, by wrk. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { gatewayTarget } from "../../fixtures/gateway.ts";
import { knownAnswer } from "../../fixtures/traffic/catalogue.ts";
import { saturate } from "../../fixtures/traffic/closed-loop.ts";
import type { Endpoint } from "../../fixtures/traffic/exchange.ts";
import { KnownServer, loadKnownServer } from "../../fixtures/traffic/known-server.ts";
import type { ProductionStack } from "../../stack/production-stack.ts";

/** What one tool saw of one endpoint. */
export interface CapacitySeen {
  readonly tool: "autocannon" | "wrk";
  readonly path: string;
  readonly ratePerSecond: number;
  readonly processorUsPerAnswer: number;
  /** Answers other than success, errors of sockets, and requests that were lost. */
  readonly notRight: number;
}

const connections = 10;
const durationSeconds = 4;
const rounds = 3;

/** What is asked for, and how the right answer begins. */
interface Question {
  readonly path: string;
  readonly bodyBegin: string;
}

const stackQuestions: readonly Question[] = [
  { path: "/api/missions?limit=20", bodyBegin: '{"items":[' },
  { path: "/", bodyBegin: "<!doctype html>" },
];
const ticksPerSecond = 100;
const lookEveryMs = 50;

/** User and system time of a process in ticks; `null` once it is gone (proc(5)). */
function ticksOf(processId: number): number | null {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
    // The name in parentheses may hold spaces; state is the first field behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return null;
  }
}

/** What wrk prints, in numbers; `null` where it printed no rate. */
export function parseWrk(
  printed: string,
): (Pick<CapacitySeen, "ratePerSecond" | "notRight"> & { answers: number }) | null {
  const rate = /^Requests\/sec:\s+([\d.]+)/m.exec(printed)?.[1];
  const answers = /^\s*(\d+) requests in/m.exec(printed)?.[1];
  if (rate === undefined || answers === undefined) return null;
  const sockets =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(printed) ?? [];
  const statuses = /Non-2xx or 3xx responses: (\d+)/.exec(printed)?.[1] ?? "0";
  return {
    ratePerSecond: Number(rate),
    answers: Number(answers),
    notRight: [...sockets.slice(1), statuses].reduce((sum, each) => sum + Number(each), 0),
  };
}

/** `null` where wrk is not installed. @throws Error when it is and says nothing of use */
async function byWrk(
  { port, serverName, authority }: Endpoint,
  path: string,
): Promise<CapacitySeen | null> {
  const url = `${authority === null ? "http" : "https"}://127.0.0.1:${port}${path}`;
  const args = [
    "-t1",
    `-c${connections}`,
    `-d${durationSeconds}s`,
    "-H",
    `Host: ${serverName}`,
    url,
  ];
  const limitMs = durationSeconds * 1_000 + 10_000;
  const ended = await new Promise<{ printed: string; ticks: number } | null>((resolve) => {
    const child = spawn("wrk", args, { stdio: ["ignore", "pipe", "ignore"], timeout: limitMs });
    let printed = "";
    let ticks = 0;
    const timer = setInterval(() => {
      ticks = ticksOf(child.pid ?? 0) ?? ticks;
    }, lookEveryMs);
    child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.once("error", () => {
      clearInterval(timer);
      resolve(null);
    });
    child.once("close", () => {
      clearInterval(timer);
      resolve({ printed, ticks });
    });
  });
  if (ended === null) return null;
  const figures = parseWrk(ended.printed);
  if (figures === null) {
    throw new Error(
      `measured ${path} by wrk: saw "${ended.printed.trim()}", allowed is a rate; try it by hand`,
    );
  }
  const { ratePerSecond, notRight, answers } = figures;
  const processorUs = (ended.ticks * 1_000_000) / ticksPerSecond;
  const processorUsPerAnswer = processorUs / Math.max(1, answers);
  return { tool: "wrk", path, ratePerSecond, notRight, processorUsPerAnswer };
}

async function byAutocannon(
  endpoint: Endpoint,
  { path, bodyBegin }: Question,
): Promise<CapacitySeen> {
  const seen = await saturate({
    endpoint,
    path,
    connections,
    durationMs: durationSeconds * 1_000,
    requestId: `bench-${crypto.randomUUID()}`,
    bodyBegin,
  });
  const { ratePerSecond, processorUsPerAnswer, errors, notSuccess, wrongBodies, lost } = seen;
  const notRight = errors + notSuccess + wrongBodies + lost;
  return { tool: "autocannon", path, ratePerSecond, processorUsPerAnswer, notRight };
}

/** In turns, so that what the machine does meanwhile meets both. */
async function inTurns(
  target: Endpoint,
  questions: readonly Question[],
): Promise<readonly CapacitySeen[]> {
  const seen: CapacitySeen[] = [];
  for (const question of questions) {
    for (let round = 0; round < rounds; round += 1) {
      seen.push(await byAutocannon(target, question));
      const other = await byWrk(target, question.path);
      if (other !== null) seen.push(other);
    }
  }
  return seen;
}

/** Through the gateway of a stack that nobody else loads meanwhile. */
export async function capacityOf(stack: ProductionStack): Promise<readonly CapacitySeen[]> {
  return inTurns(await gatewayTarget(stack), stackQuestions);
}

/** What the tools themselves cost, on a server that does nothing; the own generator at its own rate. */
export async function costOfTools(): Promise<{
  readonly seen: readonly CapacitySeen[];
  readonly ownProcessorUsPerRequest: number;
}> {
  await using server = await KnownServer.start("right");
  const { load } = await loadKnownServer(server, {
    ratePerSecond: 200,
    durationMs: 5_000,
    timeoutMs: 5_000,
    openRequestsMax: 512,
  });
  const { health, operations } = load;
  // What was watched is the schedule, which is a little shorter than the whole.
  const watchedMs = (health.scheduledCount * 1_000) / health.achievedRatePerSecond;
  return {
    seen: await inTurns(server.target, [{ path: "/known", bodyBegin: knownAnswer }]),
    ownProcessorUsPerRequest: (health.processorShare * watchedMs * 1_000) / operations.length,
  };
}
