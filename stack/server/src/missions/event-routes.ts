/** The routes of event logs; see http/application.ts for the list. */
import type { Express, Request, Response } from "express";
import { jsonBody, readBody, readQuery } from "../http/json-body.ts";
import { keyedRequest } from "../http/keyed-request.ts";
import { pageQuerySchema, toPage } from "../http/page-query.ts";
import { contextOf } from "../http/request-context.ts";
import { addRoute } from "../http/routes.ts";
import type { Metrics } from "../metrics.ts";
import { decodeEventCursor, encodeEventCursor } from "./cursor.ts";
import type { EventRepository } from "./event-repository.ts";
import { missionIdOf, noSuchMission } from "./mission-routes.ts";
import { newEventSchema } from "./mission.ts";

interface EventParts {
  readonly events: Pick<EventRepository, "append" | "list">;
  readonly metrics: Metrics;
}

export function addEventRoutes(application: Express, parts: EventParts): void {
  addRoute(
    application,
    "/api/missions/:id/events",
    {
      get: (request, response) => listEvents(parts, request, response),
      post: (request, response) => appendEvent(parts, request, response),
    },
    jsonBody(),
  );
}

async function listEvents(
  { events }: EventParts,
  request: Request,
  response: Response,
): Promise<void> {
  const id = missionIdOf(request);
  const query = readQuery(request, pageQuerySchema);
  const before = query.cursor === undefined ? undefined : decodeEventCursor(query.cursor);
  const found = await events.list(
    id,
    { count: query.limit + 1, before },
    contextOf(request).deadline,
  );
  if (found === undefined) {
    throw noSuchMission();
  }
  response.json(toPage(found, query.limit, (event) => encodeEventCursor(event.id)));
}

async function appendEvent(
  { events, metrics }: EventParts,
  request: Request,
  response: Response,
): Promise<void> {
  const id = missionIdOf(request);
  const event = readBody(request, newEventSchema);
  const keyed = keyedRequest(request, [event.type, event.message]);
  const written = await events.append(id, event, keyed, contextOf(request).deadline);
  if (written === undefined) {
    throw noSuchMission();
  }
  if (written.replayed) {
    response.setHeader("Idempotency-Replayed", "true");
    metrics.idempotencyReplays.inc({ operation: "events.append" });
  }
  response.status(201).json(written.event);
}
