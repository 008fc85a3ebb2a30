/** Reads and checks JSON bodies and query strings. */
import express, { type Request, type RequestHandler } from "express";
import type { z } from "zod";
import { limits } from "../limits.ts";
import { ProblemError, type InputError } from "./problem.ts";

const MEDIA_TYPES = ["application/json", "application/*+json"];

/**
 * Middleware: refuses bodies that are not JSON by name (415), too large (413) or malformed (400).
 */
export function jsonBody(): RequestHandler[] {
  const requireJson: RequestHandler = (request, _response, next) => {
    // `is` returns null for a request without a body; the schema then says what is missing.
    if (request.is(MEDIA_TYPES) === false) {
      throw new ProblemError(
        "unsupported-media-type",
        415,
        "The body is of another media type, allowed: application/json",
        { headers: { Accept: "application/json" } },
      );
    }
    next();
  };
  return [requireJson, express.json({ limit: limits.bodyBytesMax, type: MEDIA_TYPES })];
}

function toInputErrors(error: z.ZodError): readonly InputError[] {
  return error.issues.map((issue) => ({
    at: `/${issue.path.map((part) => escapePointer(String(part))).join("/")}`,
    detail: issue.message,
  }));
}

function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The body as the schema understands it; throws 422 with everything that is wrong. */
export function readBody<T>(request: Request, schema: z.ZodType<T>): T {
  const body: unknown = request.body;
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new ProblemError(
      "invalid-input",
      422,
      "The body is well-formed JSON but not acceptable, allowed: as the errors say; correct it",
      { errors: toInputErrors(result.error) },
    );
  }
  return result.data;
}

/** The query as the schema understands it; throws 400 with everything that is wrong. */
export function readQuery<T>(request: Request, schema: z.ZodType<T>): T {
  const result = schema.safeParse(request.query);
  if (!result.success) {
    throw new ProblemError(
      "malformed-parameter",
      400,
      "A query parameter is not acceptable, allowed: as the errors say; correct it",
      {
        errors: result.error.issues.map((issue) => ({
          at: issue.path.join("."),
          detail: issue.message,
        })),
      },
    );
  }
  return result.data;
}
