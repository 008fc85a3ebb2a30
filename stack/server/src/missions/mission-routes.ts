/** The routes of missions; see http/application.ts for the list. */
import { randomUUID } from "node:crypto";
import type { Express, Request, Response } from "express";
import { z } from "zod";
import { entityTag, isNotModified, requiredVersions } from "../http/entity-tag.ts";
import { jsonBody, readBody, readQuery } from "../http/json-body.ts";
import { keyedRequest } from "../http/keyed-request.ts";
import { pageQuerySchema, toPage } from "../http/page-query.ts";
import { ProblemError } from "../http/problem.ts";
import { contextOf } from "../http/request-context.ts";
import { addRoute, pathParameter } from "../http/routes.ts";
import type { Metrics } from "../metrics.ts";
import { decodeMissionCursor, encodeMissionCursor } from "./cursor.ts";
import type { MissionRepository, WrittenMission } from "./mission-repository.ts";
import type { MissionService } from "./mission-service.ts";
import {
  MISSION_STATES,
  missionChangeSchema,
  newMissionSchema,
  predecessorsOf,
} from "./mission.ts";

interface MissionParts {
  readonly missions: Pick<MissionRepository, "create" | "list">;
  readonly missionService: Pick<MissionService, "read" | "change">;
  readonly metrics: Metrics;
}

const listQuerySchema = pageQuerySchema.extend({ state: z.enum(MISSION_STATES).optional() });

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id in the path; throws 404 for what cannot be one. */
export function missionIdOf(request: Request): string {
  const id = pathParameter(request, "id").toLowerCase();
  if (!UUID.test(id)) {
    throw noSuchMission();
  }
  return id;
}

export function noSuchMission(): ProblemError {
  return new ProblemError("not-found", 404, "There is no mission with this id");
}

function sendWritten(
  response: Response,
  written: WrittenMission,
  status: number,
  operation: string,
  metrics: Metrics,
): void {
  if (written.replayed) {
    response.setHeader("Idempotency-Replayed", "true");
    metrics.idempotencyReplays.inc({ operation });
  }
  response.setHeader("ETag", entityTag(written.mission.version));
  response.status(status).json(written.mission);
}

export function addMissionRoutes(application: Express, parts: MissionParts): void {
  const body = jsonBody();
  addRoute(
    application,
    "/api/missions",
    {
      get: (request, response) => listMissions(parts, request, response),
      post: (request, response) => createMission(parts, request, response),
    },
    body,
  );
  addRoute(
    application,
    "/api/missions/:id",
    {
      get: (request, response) => readMission(parts, request, response),
      patch: (request, response) => changeMission(parts, request, response),
    },
    body,
  );
}

async function listMissions(
  { missions }: MissionParts,
  request: Request,
  response: Response,
): Promise<void> {
  const query = readQuery(request, listQuerySchema);
  const after = query.cursor === undefined ? undefined : decodeMissionCursor(query.cursor);
  const found = await missions.list(
    { count: query.limit + 1, state: query.state, after },
    contextOf(request).deadline,
  );
  response.json(toPage(found, query.limit, encodeMissionCursor));
}

async function createMission(
  { missions, metrics }: MissionParts,
  request: Request,
  response: Response,
): Promise<void> {
  const mission = readBody(request, newMissionSchema);
  const keyed = keyedRequest(request, [mission.title, mission.description]);
  const { deadline } = contextOf(request);
  const written = await missions.create(randomUUID(), mission, keyed, deadline);
  response.setHeader("Location", `/api/missions/${written.mission.id}`);
  sendWritten(response, written, 201, "missions.create", metrics);
}

async function readMission(
  { missionService }: MissionParts,
  request: Request,
  response: Response,
): Promise<void> {
  const mission = await missionService.read(missionIdOf(request), contextOf(request).deadline);
  if (mission === undefined) {
    throw noSuchMission();
  }
  response.setHeader("ETag", entityTag(mission.version));
  if (isNotModified(request.get("If-None-Match"), mission.version)) {
    response.status(304).end();
    return;
  }
  response.json(mission);
}

async function changeMission(
  { missionService, metrics }: MissionParts,
  request: Request,
  response: Response,
): Promise<void> {
  const id = missionIdOf(request);
  const versions = requiredVersions(request.get("If-Match"));
  const change = readBody(request, missionChangeSchema);
  const keyed = keyedRequest(request, [
    versions,
    change.title ?? null,
    change.description ?? null,
    change.state ?? null,
  ]);
  const { deadline } = contextOf(request);
  const outcome = await missionService.change({ id, change, versions, keyed }, deadline);
  switch (outcome.kind) {
    case "changed":
      sendWritten(response, outcome, 200, "missions.change", metrics);
      return;
    case "missing":
      throw noSuchMission();
    case "stale":
      throw new ProblemError(
        "stale-version",
        412,
        `The mission is at version ${outcome.version}, allowed: a change based on it; read it ` +
          "again",
      );
    case "invalid_transition": {
      const sources = change.state === undefined ? [] : predecessorsOf(change.state);
      throw new ProblemError(
        "invalid-transition",
        409,
        `The mission is ${outcome.from}, allowed before ${change.state}: ` +
          (sources.join(", ") || "none"),
      );
    }
  }
}
