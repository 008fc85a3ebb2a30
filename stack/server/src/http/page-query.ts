import { z } from "zod";
import { limits } from "../limits.ts";

/** The parameters that every list shares. Unknown parameters are ignored. */
export const pageQuerySchema = z.object({
  limit: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, `allowed: a whole number from 1 to ${limits.pageSizeMax}`)
    .transform(Number)
    .refine((limit) => limit <= limits.pageSizeMax, `allowed: 1 to ${limits.pageSizeMax}`)
    .default(limits.pageSizeDefault),
  cursor: z.string().min(1).optional(),
});

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * Makes a page of `limit` items out of what was read.
 *
 * @param items at least one item more than the limit if there is a next page
 */
export function toPage<T>(
  items: readonly T[],
  limit: number,
  cursorAfter: (item: T) => string,
): Page<T> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const more = items.length > limit && last !== undefined;
  return { items: shown, nextCursor: more ? cursorAfter(last) : null };
}
