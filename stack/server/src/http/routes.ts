/**
 * Registers a path with the methods that it supports; every other method is answered 405 (RFC 9110
 * §15.5.6).
 */
import type { Express, Request, RequestHandler, Response } from "express";
import { ProblemError } from "./problem.ts";
import { contextOf } from "./request-context.ts";

export type Handler = (request: Request, response: Response) => Promise<void> | void;

export interface Methods {
  readonly get?: Handler;
  readonly post?: Handler;
  readonly patch?: Handler;
}

/**
 * @param template the path as Express reads it; also the value of the `route` label in metrics and
 * logs
 * @param body middleware that reads the body of methods that have one
 */
export function addRoute(
  application: Express,
  template: string,
  methods: Methods,
  body: readonly RequestHandler[] = [],
): void {
  const allowed = [
    ...(methods.get === undefined ? [] : ["GET", "HEAD"]),
    ...(methods.post === undefined ? [] : ["POST"]),
    ...(methods.patch === undefined ? [] : ["PATCH"]),
    "OPTIONS",
  ].join(", ");
  const route = application.route(template);
  route.all((request, _response, next) => {
    contextOf(request).route = template;
    next();
  });
  if (methods.get !== undefined) {
    route.get(methods.get);
  }
  if (methods.post !== undefined) {
    route.post(...body, methods.post);
  }
  if (methods.patch !== undefined) {
    route.patch(...body, methods.patch);
  }
  route.all((request, response) => {
    response.setHeader("Allow", allowed);
    if (request.method === "OPTIONS") {
      response.status(204).end();
      return;
    }
    throw new ProblemError(
      "method-not-allowed",
      405,
      `${request.method} is not supported here, allowed: ${allowed}`,
    );
  });
}

/** The value of a path parameter that the template names exactly once. */
export function pathParameter(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value !== "string") {
    throw new Error(
      `read the path parameter ${name}: not in the template, allowed: one; correct it`,
    );
  }
  return value;
}
