/** A small real site with a certificate of its own: missions in memory, and faults that are counted. */

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import https from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { StoredMission } from "../../reports/records.ts";
import { missionHash } from "../../fixtures/traffic/catalogue.ts";
import type { Target } from "../../fixtures/traffic/exchange.ts";
import { createCertificates } from "../../stack/certificates.ts";

/** What is done to one request; `right` is to answer it as the real system does. */
type Treatment =
  | "right"
  | "refused with 500"
  | "an error page with 200"
  | "stored and 504"
  | "not stored and 504";

/** Decides on a request of the load itself; requests of the warm-up are always treated right. */
export type Treat = (method: string, number: number) => Treatment;

const serverName = "hyper-mission.test";
const page =
  '<!doctype html><script src="/assets/a.js"></script><link href="/assets/a.css" rel="stylesheet">';

interface Mission {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly version: number;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-replica-id": "aaaaaaaaaaaa",
  });
  response.end(body);
}

export class MissionSite implements AsyncDisposable {
  readonly target: Target;
  readonly rows: StoredMission[] = [];
  readonly #server: https.Server;
  readonly #missions = new Map<string, Mission>();
  readonly #treat: Treat;
  #stalled: Promise<void> | null = null;
  #asked = 0;

  private constructor(server: https.Server, target: Target, treat: Treat) {
    this.#server = server;
    this.target = target;
    this.#treat = treat;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      void this.#serve(request, response);
    });
  }

  static async open(treat: Treat = () => "right"): Promise<MissionSite> {
    const { authority, leaf } = await createCertificates({
      hostNames: [serverName],
      ipAddresses: [],
      validityDays: 1,
      now: new Date(),
    });
    const server = https.createServer({ cert: leaf.certificate, key: leaf.key });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const target = {
      host: "127.0.0.1",
      port,
      serverName,
      authority: authority.certificate,
    } as const;
    return new MissionSite(server, target, treat);
  }

  /** From now on nobody is answered, for as long as given. */
  stall(durationMs: number): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stalled = promise;
    setTimeout(() => {
      this.#stalled = null;
      resolve();
    }, durationMs);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    await this.#stalled;
    const isWarmUp = String(request.headers["x-request-id"] ?? "warm-up").startsWith("warm-up");
    const treatment = isWarmUp ? "right" : this.#treat(request.method ?? "", this.#asked++);
    if (treatment === "refused with 500") return answer(response, 500, {});
    if (treatment === "not stored and 504") return answer(response, 504, {});
    if (treatment === "an error page with 200") {
      response.writeHead(200, { "content-type": "text/html" }).end(page);
      return undefined;
    }
    if (treatment === "stored and 504") {
      this.#create(request, body);
      return answer(response, 504, {});
    }
    return this.#right(request, response, body);
  }

  #create(request: IncomingMessage, body: string): Mission {
    const { title, description } = JSON.parse(body) as { title: string; description: string };
    const mission = { id: randomUUID(), title, description, version: 1 };
    this.#missions.set(mission.id, mission);
    this.rows.push({
      id: mission.id,
      idempotencyKey: String(request.headers["idempotency-key"] ?? ""),
      payloadHash: missionHash(title, description),
      version: 1,
    });
    return mission;
  }

  #right(request: IncomingMessage, response: ServerResponse, body: string): void {
    const path = request.url ?? "";
    if (!path.startsWith("/api/")) {
      const type = path === "/" ? "text/html" : "text/plain";
      response.writeHead(200, { "content-type": type }).end(page);
      return;
    }
    if (request.method === "POST") return answer(response, 201, this.#create(request, body));
    if (path.includes("?")) return answer(response, 200, { items: [], nextCursor: null });
    const mission = this.#missions.get(path.split("/").at(-1) ?? "");
    return answer(response, mission === undefined ? 404 : 200, mission ?? {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
