/**
 * The HTTP application: every route, and what surrounds it.
 *
 *     GET   /api/missions?state=&limit=&cursor=      a page, newest first
 *     POST  /api/missions                            create; Idempotency-Key
 *     GET   /api/missions/:id                        read; ETag, If-None-Match
 *     PATCH /api/missions/:id                        change; If-Match, Idempotency-Key
 *     GET   /api/missions/:id/events?limit=&cursor=  a page of the log, newest first
 *     POST  /api/missions/:id/events                 append; Idempotency-Key
 *     GET   /livez /readyz /metrics                  for machines inside
 *
 * Security and caching headers are the gateway's; they are set there exactly once.
 */
import express, { type Express } from "express";
import type { EventRepository } from "../missions/event-repository.ts";
import { addEventRoutes } from "../missions/event-routes.ts";
import type { MissionRepository } from "../missions/mission-repository.ts";
import { addMissionRoutes } from "../missions/mission-routes.ts";
import type { MissionService } from "../missions/mission-service.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import { errorHandler, notFound } from "./error-handler.ts";
import { addHealthRoutes } from "./health-routes.ts";
import { requestContext, type AnswersInProgress } from "./request-context.ts";

export interface ApplicationParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly replicaId: string;
  readonly answers: AnswersInProgress;
  readonly missions: Pick<MissionRepository, "create" | "list">;
  readonly missionService: Pick<MissionService, "read" | "change">;
  readonly events: Pick<EventRepository, "append" | "list">;
  readonly pingDatabase: () => Promise<void>;
  readonly isRedisConnected: () => boolean;
  readonly beforeScrape: () => void;
}

export function createApplication(parts: ApplicationParts): Express {
  const application = express();
  application.disable("x-powered-by");
  application.set("etag", false);
  application.set("query parser", "simple");
  // The gateway is the only one that can connect, from an address of the container network.
  application.set("trust proxy", "loopback, linklocal, uniquelocal");
  application.use(requestContext(parts));
  addHealthRoutes(application, parts);
  addMissionRoutes(application, parts);
  addEventRoutes(application, parts);
  application.use(notFound);
  application.use(errorHandler);
  return application;
}
