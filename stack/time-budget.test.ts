/**
 * The time limits of the stack only work as chains: the inner party has to give up first, so that
 * the outer one still has time to try again or to say what happened. Each limit stands in the file
 * of the component that it belongs to; here they are read from there and held against each other.
 */

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

interface Limit {
  readonly name: string;
  readonly ms: number;
}

const files = {
  nginx: "gateway/nginx.conf",
  replicas: "gateway/snippets/replicas.conf",
  upstreams: "gateway/snippets/upstreams.conf",
  client: "client/nginx.conf",
  server: "server/src/limits.ts",
  roles: "database/init/10-roles.sh",
  compose: "compose.yaml",
  prometheus: "monitoring/prometheus/prometheus.yml",
} as const;
type Texts = Readonly<Record<keyof typeof files, string>>;

/** The shortest time after which an alert may fire; an unhealthy service is known as such by then. */
const firstAlert: Limit = { name: "first alert", ms: 15_000 };
/** What users of `docker stop` expect at most of the server. */
const serverExit: Limit = { name: "promised exit of the server", ms: 10_000 };

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The one value that a pattern's group has in a text; several equal ones count as one. */
function readOne(text: string, file: string, pattern: RegExp): string {
  const seen = new Set([...text.matchAll(pattern)].map(([, value]) => value ?? ""));
  const [value, ...others] = seen;
  if (value === undefined || others.length > 0) {
    throw new Error(`read ${pattern.source} in ${file}: saw ${seen.size} values, allowed 1`);
  }
  return value;
}

function durationMs(value: string): number {
  const [, amount, unit] = /^([\d.]+)(ms|s|m|h)$/.exec(value) ?? [];
  const factor = unitMs[unit ?? ""];
  if (amount === undefined || factor === undefined) {
    throw new Error(`read a duration: saw "${value}", allowed a number with ms, s, m or h`);
  }
  return Number(amount) * factor;
}

function nginxLimit(texts: Texts, file: keyof Texts, directive: string): Limit {
  const value = readOne(texts[file], files[file], new RegExp(`^\\s*${directive} (\\S+);`, "gm"));
  return { name: `${directive} in ${files[file]}`, ms: durationMs(value) };
}

function serverLimit(texts: Texts, name: string): Limit {
  const value = readOne(texts.server, files.server, new RegExp(`^\\s*${name}: ([\\d_]+),`, "gm"));
  return { name: `${name} in ${files.server}`, ms: Number(value.replaceAll("_", "")) };
}

function roleLimit(texts: Texts, setting: string): Limit {
  const pattern = new RegExp(`^ALTER ROLE missions_app SET ${setting} = '(\\w+)';`, "gm");
  return { name: setting, ms: durationMs(readOne(texts.roles, files.roles, pattern)) };
}

function stopGrace(texts: Texts, service: string): Limit {
  const block = readOne(
    texts.compose,
    files.compose,
    new RegExp(`^  ${service}:\\n((?:(?: {4,}.*)?\\n)+)`, "gm"),
  );
  const value = readOne(block, `${files.compose}, ${service}`, /^ {4}stop_grace_period: (\S+)$/gm);
  return { name: `stop grace of ${service}`, ms: durationMs(value) };
}

/** Of the services that serve requests; those that only watch have a check of their own. */
function healthNoticed(texts: Texts): Limit {
  const pattern = /^x-healthcheck: &healthcheck\n((?: +.*\n)+)/gm;
  const block = readOne(texts.compose, files.compose, pattern);
  const setting = (name: string) =>
    readOne(block, files.compose, new RegExp(`^ +${name}: (\\w+)$`, "gm"));
  const ms =
    durationMs(setting("interval")) * Number(setting("retries")) + durationMs(setting("timeout"));
  return { name: "health checks until unhealthy", ms };
}

/** The default, by which the replicas are scraped; single jobs may have limits of their own. */
function scrapeLimit(texts: Texts, name: string): Limit {
  const pattern = new RegExp(`^ {2}${name}: (\\w+)$`, "gm");
  return { name, ms: durationMs(readOne(texts.prometheus, files.prometheus, pattern)) };
}

function times(factor: number, limit: Limit): Limit {
  return { name: `${factor} × ${limit.name}`, ms: factor * limit.ms };
}

function plus(one: Limit, other: Limit): Limit {
  return { name: `${one.name} + ${other.name}`, ms: one.ms + other.ms };
}

/** Every chain of the stack, from the inside to the outside. */
function readChains(texts: Texts): Limit[][] {
  const connect = nginxLimit(texts, "replicas", "proxy_connect_timeout");
  const read = nginxLimit(texts, "replicas", "proxy_read_timeout");
  const round = nginxLimit(texts, "replicas", "proxy_next_upstream_timeout");
  const tries = Number(
    readOne(texts.replicas, files.replicas, /^proxy_next_upstream_tries (\d+);/gm),
  );
  const upstreamKeepAlive = nginxLimit(texts, "upstreams", "keepalive_timeout");
  const budget = serverLimit(texts, "databaseBudgetMs");
  return [
    // A statement fails in Postgres before the server stops waiting for it, and the server answers
    // before the gateway asks the next replica.
    [
      roleLimit(texts, "lock_timeout"),
      roleLimit(texts, "statement_timeout"),
      serverLimit(texts, "databaseQueryTimeoutMs"),
      budget,
      read,
      round,
    ],
    // One round asks at least a second replica after a first one that never answered, and has time
    // for all its attempts at replicas that are gone.
    [times(2, read), round],
    [times(tries, connect), round],
    // A round that began before a stop ends before the worker is cut off.
    [
      plus(round, read),
      nginxLimit(texts, "nginx", "worker_shutdown_timeout"),
      stopGrace(texts, "gateway"),
      stopGrace(texts, "postgres"),
    ],
    // Only the gateway closes idle connections: one closed by the other side while a request is on
    // its way looks like a failure.
    [
      upstreamKeepAlive,
      serverLimit(texts, "keepAliveTimeoutMs"),
      serverLimit(texts, "headersTimeoutMs"),
    ],
    [upstreamKeepAlive, nginxLimit(texts, "client", "keepalive_timeout")],
    // Requests in flight end, then the process, before the engine ends both.
    [budget, serverLimit(texts, "drainMs"), serverLimit(texts, "stopMs"), serverExit],
    [serverExit, stopGrace(texts, "server"), stopGrace(texts, "gateway")],
    [nginxLimit(texts, "client", "worker_shutdown_timeout"), stopGrace(texts, "client")],
    [healthNoticed(texts), firstAlert],
    [scrapeLimit(texts, "scrape_timeout"), scrapeLimit(texts, "scrape_interval")],
  ];
}

/** One sentence for each limit that is not shorter than the one around it. */
function findViolations(chains: readonly Limit[][]): string[] {
  return chains.flatMap((chain) =>
    chain.slice(1).flatMap((outer, index) => {
      const inner = chain[index];
      if (inner === undefined || inner.ms < outer.ms) return [];
      return [`${inner.name} is ${inner.ms} ms, allowed less than ${outer.name}, ${outer.ms} ms`];
    }),
  );
}

async function readTexts(): Promise<Texts> {
  const read = (file: keyof Texts) => readFile(new URL(files[file], import.meta.url), "utf8");
  return {
    nginx: await read("nginx"),
    replicas: await read("replicas"),
    upstreams: await read("upstreams"),
    client: await read("client"),
    server: await read("server"),
    roles: await read("roles"),
    compose: await read("compose"),
    prometheus: await read("prometheus"),
  };
}

function replaced(texts: Texts, file: keyof Texts, from: string, to: string): Texts {
  if (!texts[file].includes(from)) throw new Error(`${files[file]} has no "${from}" to replace`);
  return { ...texts, [file]: texts[file].replaceAll(from, to) };
}

test("every time limit is shorter than the one around it", async () => {
  const chains = readChains(await readTexts());

  expect(findViolations(chains)).toEqual([]);
  // A reader that found nothing would find no violation either.
  expect(chains.flat().every(({ ms }) => Number.isFinite(ms) && ms > 0)).toBe(true);
});

test.each([
  ["replicas", "proxy_read_timeout 6s", "proxy_read_timeout 5s", "databaseBudgetMs"],
  ["replicas", "proxy_next_upstream_timeout 15s", "proxy_next_upstream_timeout 12s", "2 × proxy"],
  ["replicas", "proxy_connect_timeout 300ms", "proxy_connect_timeout 3s", "6 × proxy_connect"],
  ["upstreams", "keepalive_timeout 60s", "keepalive_timeout 75s", "keepAliveTimeoutMs"],
  ["nginx", "worker_shutdown_timeout 22s", "worker_shutdown_timeout 20s", "worker_shutdown"],
  ["server", "databaseQueryTimeoutMs: 1_700", "databaseQueryTimeoutMs: 1_500", "statement_timeout"],
  ["server", "drainMs: 7_500", "drainMs: 4_000", "drainMs"],
  ["roles", "statement_timeout = '1500ms'", "statement_timeout = '3s'", "databaseQueryTimeoutMs"],
  ["compose", "stop_grace_period: 20s", "stop_grace_period: 10s", "stop grace of server"],
  ["compose", "interval: 5s", "interval: 10s", "first alert"],
  ["prometheus", "scrape_timeout: 1s", "scrape_timeout: 2s", "scrape_interval"],
] as const)("in %s, %s changed to %s is a violation", async (file, from, to, named) => {
  const texts = replaced(await readTexts(), file, from, to);

  expect(findViolations(readChains(texts)).join("\n")).toContain(named);
});

test.each([
  ["a limit that is missing", "replicas", "proxy_read_timeout 6s;", "", "saw 0 values"],
  [
    "a limit that stands twice with different values",
    "replicas",
    "proxy_read_timeout 6s;",
    "proxy_read_timeout 6s;\nproxy_read_timeout 60s;",
    "saw 2 values",
  ],
  [
    "a duration without a unit",
    "replicas",
    "proxy_read_timeout 6s;",
    "proxy_read_timeout 6;",
    'saw "6"',
  ],
] as const)("%s is refused", async (_, file, from, to, message) => {
  const texts = replaced(await readTexts(), file, from, to);

  expect(() => readChains(texts)).toThrow(message);
});
