import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import { DatabaseUnavailableError } from "../database/database.ts";
import { createLogger } from "../logger.ts";
import { createMetrics } from "../metrics.ts";
import type { Mission } from "../missions/mission.ts";
import { createApplication } from "./application.ts";
import { AnswersInProgress } from "./request-context.ts";

const MISSION: Mission = {
  id: "00000000-0000-4000-8000-00000000000a",
  title: "Reach the ridge",
  description: "",
  state: "planned",
  version: 3,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};
const EVENT = {
  id: 1,
  missionId: MISSION.id,
  type: "note",
  message: "x",
  createdAt: MISSION.createdAt,
};
const PATH = `/api/missions/${MISSION.id}`;

const metrics = createMetrics({ buildId: "test", replicaId: "replica-1" });
const answers = new AnswersInProgress();
const state = { postgres: true, keys: [] as (string | undefined)[], failure: undefined as unknown };
let server: Server;
let base = "";

beforeAll(async () => {
  const application = createApplication({
    clock: systemClock,
    logger: createLogger({ level: "silent", replicaId: "replica-1", buildId: "test" }),
    metrics,
    replicaId: "replica-1",
    answers,
    missions: {
      create: async (_id, _mission, keyed) => {
        state.keys.push(keyed?.key);
        if (state.failure !== undefined) {
          throw state.failure;
        }
        return { mission: MISSION, replayed: keyed?.key === "again" };
      },
      list: async () => [MISSION],
    },
    missionService: {
      read: async (id) => (id === MISSION.id ? MISSION : undefined),
      change: async (request) =>
        request.versions === "*" || request.versions.includes(3)
          ? { kind: "changed", mission: { ...MISSION, version: 4 }, replayed: false }
          : { kind: "stale", version: 3 },
    },
    events: {
      append: async () => ({ event: EVENT, replayed: false }),
      list: async () => [EVENT],
    },
    pingDatabase: async () => {
      if (!state.postgres) {
        throw new Error("refused");
      }
    },
    isRedisConnected: () => false,
    beforeScrape: () => undefined,
  });
  server = createServer(application);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  state.keys = [];
  state.failure = undefined;
});

function send(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const typed = body === undefined ? headers : { "Content-Type": "application/json", ...headers };
  return fetch(base + path, { method, headers: typed, ...(body === undefined ? {} : { body }) });
}

test("creates, with the address and the version of what was created", async () => {
  const answer = await send("POST", "/api/missions", '{"title":"x"}', { "Idempotency-Key": '"k"' });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("Location")).toBe(PATH);
  expect(answer.headers.get("ETag")).toBe('"3"');
  expect(answer.headers.has("Idempotency-Replayed")).toBe(false);
  expect(state.keys).toEqual(["k"]);
  expect(await answer.json()).toEqual(MISSION);
});

test("marks an answer that comes from the key table", async () => {
  const answer = await send("POST", "/api/missions", '{"title":"x"}', {
    "Idempotency-Key": "again",
  });
  expect(answer.headers.get("Idempotency-Replayed")).toBe("true");
});

test("reads with a validator and answers 304 to who has it already", async () => {
  expect((await send("GET", PATH)).headers.get("ETag")).toBe('"3"');
  const answer = await send("GET", PATH, undefined, { "If-None-Match": '"3"' });
  expect(answer.status).toBe(304);
  expect(await answer.text()).toBe("");
});

interface ProblemCase {
  readonly what: string;
  readonly status: number;
  readonly method: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

const MISSIONS = "/api/missions";

test.each<ProblemCase>([
  { what: "an unknown route", status: 404, method: "GET", path: "/api/nothing" },
  { what: "an unknown mission", status: 404, method: "GET", path: PATH.replace("a", "b") },
  { what: "an id that cannot be one", status: 404, method: "GET", path: `${MISSIONS}/1%27--` },
  { what: "a malformed path", status: 400, method: "GET", path: `${MISSIONS}/%E0%A4%A` },
  { what: "an unsupported method", status: 405, method: "DELETE", path: PATH },
  { what: "a malformed parameter", status: 400, method: "GET", path: `${MISSIONS}?limit=many` },
  { what: "a malformed cursor", status: 400, method: "GET", path: `${MISSIONS}?cursor=zz` },
  { what: "malformed JSON", status: 400, method: "POST", body: "{" },
  {
    what: "a body of another type",
    status: 415,
    method: "POST",
    body: "a=b",
    headers: { "Content-Type": "text/plain" },
  },
  {
    what: "another character set",
    status: 415,
    method: "POST",
    body: "{}",
    headers: { "Content-Type": "application/json; charset=latin1" },
  },
  {
    what: "a body beyond the limit",
    status: 413,
    method: "POST",
    body: `"${"x".repeat(110_000)}"`,
  },
  { what: "an unacceptable body", status: 422, method: "POST", body: '{"title":""}' },
  {
    what: "a polluting body",
    status: 422,
    method: "POST",
    body: '{"title":"x","__proto__":{"a":1}}',
  },
  {
    what: "a malformed key",
    status: 400,
    method: "POST",
    body: '{"title":"x"}',
    headers: { "Idempotency-Key": "a b" },
  },
  { what: "a change without If-Match", status: 428, method: "PATCH", path: PATH, body: "{}" },
  {
    what: "a change with a malformed If-Match",
    status: 400,
    method: "PATCH",
    path: PATH,
    body: "{}",
    headers: { "If-Match": "3" },
  },
  {
    what: "a change of an old version",
    status: 412,
    method: "PATCH",
    path: PATH,
    body: '{"title":"x"}',
    headers: { "If-Match": '"2"' },
  },
  {
    what: "an event without a message",
    status: 422,
    method: "POST",
    path: `${PATH}/events`,
    body: "{}",
  },
])("$what is a problem: $status", async ({ status, method, path, body, headers }) => {
  const answer = await send(method, path ?? MISSIONS, body, headers);
  const text = await answer.text();
  expect(answer.status).toBe(status);
  expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
  expect(answer.headers.get("X-Replica-Id")).toBe("replica-1");
  expect(JSON.parse(text)).toMatchObject({ status, requestId: answer.headers.get("X-Request-Id") });
  expect(text).not.toMatch(/node_modules|\.ts:|SyntaxError|URIError/);
  expect(state.keys).toEqual([]);
});

test("says which methods are allowed", async () => {
  expect((await send("PUT", "/api/missions")).headers.get("Allow")).toBe(
    "GET, HEAD, POST, OPTIONS",
  );
  const answer = await send("OPTIONS", PATH);
  expect([answer.status, answer.headers.get("Allow")]).toEqual([204, "GET, HEAD, PATCH, OPTIONS"]);
});

test("an unavailable database is 503 with Retry-After; a defect is 500 without a word about it", async () => {
  state.failure = new DatabaseUnavailableError("inner detail");
  const unavailable = await send("POST", "/api/missions", '{"title":"x"}');
  expect([unavailable.status, unavailable.headers.get("Retry-After")]).toEqual([503, "1"]);
  state.failure = new Error("inner detail");
  const defect = await send("POST", "/api/missions", '{"title":"x"}');
  expect(defect.status).toBe(500);
  expect(await defect.text()).not.toContain("inner detail");
});

test("passes a well-formed request id through and replaces any other", async () => {
  const given = await send("GET", PATH, undefined, { "X-Request-Id": "edge-1.a:b_c" });
  expect(given.headers.get("X-Request-Id")).toBe("edge-1.a:b_c");
  for (const id of ["<b>", "a b", "x".repeat(129)]) {
    const replaced = await send("GET", PATH, undefined, { "X-Request-Id": id });
    expect(replaced.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test("leaves the headers of the gateway to the gateway", async () => {
  const { headers } = await send("GET", PATH);
  for (const name of ["X-Powered-By", "Cache-Control", "Strict-Transport-Security", "Vary"]) {
    expect(headers.has(name)).toBe(false);
  }
});

test("measures by route template, however many paths are tried", async () => {
  for (let count = 0; count < 5; count += 1) {
    await send("GET", `/api/random-${count}`);
  }
  await send("GET", `${PATH}/events`);
  await send("PATCH", PATH, "{}");
  const text = await (await send("GET", "/metrics")).text();
  const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map((match) => match[1]));
  expect(routes).toContain("/api/missions/:id/events");
  expect(routes).toContain("unmatched");
  expect([...routes].filter((route) => route?.includes("random"))).toEqual([]);
  expect(text).toMatch(
    /_count\{replica_id="replica-1",method="PATCH",route="\/api\/missions\/:id",status_code="428"\} \d/,
  );
  expect(text).toMatch(/^app_build_info\{build_id="test",/m);
  expect(text).toMatch(/^http_requests_in_flight\{replica_id="replica-1"\} 1$/m);
});

test("counts every answer of the API by class, and no answer to a probe", async () => {
  const read = async () => {
    const text = await (await send("GET", "/metrics")).text();
    const line =
      /^http_api_responses_total\{status_class="(.xx)",replica_id="replica-1"\} (\d+)$/gm;
    return Object.fromEntries(
      [...text.matchAll(line)].map(([, name, count]) => [name, +`${count}`]),
    );
  };
  const before = await read();
  expect(Object.keys(before)).toEqual(["1xx", "2xx", "3xx", "4xx", "5xx"]);
  await send("GET", "/livez");
  await send("GET", PATH);
  await send("GET", "/api/no-such-thing");
  expect(await read()).toEqual({
    ...before,
    "2xx": Number(before["2xx"]) + 1,
    "4xx": Number(before["4xx"]) + 1,
  });
});

test("is live whatever happens, ready with Postgres and without Redis", async () => {
  expect((await send("GET", "/readyz")).status).toBe(200);
  expect(await (await send("GET", "/readyz")).json()).toMatchObject({ checks: { redis: "away" } });
  state.postgres = false;
  await systemClock.sleep(1_050);
  expect((await send("GET", "/readyz")).status).toBe(503);
  expect((await send("GET", "/livez")).status).toBe(200);
  state.postgres = true;
  await systemClock.sleep(1_050);
  expect((await send("GET", "/readyz")).status).toBe(200);
  answers.drain();
  const draining = await send("GET", "/readyz");
  expect([draining.status, draining.headers.get("Connection")]).toEqual([503, "close"]);
  expect((await send("GET", "/livez")).status).toBe(200);
});
