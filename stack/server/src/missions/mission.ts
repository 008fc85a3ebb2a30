/**
 * What a mission is: its shape, its life cycle, and what a client may send.
 *
 *     planned ──▶ active ──▶ completed
 *                       └──▶ aborted
 */
import { z } from "zod";

export const MISSION_STATES = ["planned", "active", "completed", "aborted"] as const;

export type MissionState = (typeof MISSION_STATES)[number];

const PREDECESSORS: Readonly<Record<MissionState, readonly MissionState[]>> = {
  planned: [],
  active: ["planned"],
  completed: ["active"],
  aborted: ["active"],
};

/** The states from which a mission may go to `state`. */
export function predecessorsOf(state: MissionState): readonly MissionState[] {
  return PREDECESSORS[state];
}

export const missionSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  description: z.string(),
  state: z.enum(MISSION_STATES),
  version: z.number().int().positive(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export type Mission = Readonly<z.infer<typeof missionSchema>>;

export const missionEventSchema = z.object({
  id: z.number().int().positive(),
  missionId: z.uuid(),
  type: z.string(),
  message: z.string(),
  createdAt: z.iso.datetime(),
});

/**
 * One entry of a mission's log. `type` is `created`, `state_changed`, `details_changed` or a
 * client's.
 */
export type MissionEvent = Readonly<z.infer<typeof missionEventSchema>>;

const TITLE_CHARACTERS_MAX = 200;
const TEXT_CHARACTERS_MAX = 2_000;
/** Types that only the server writes, so that a log cannot be forged through the API. */
const RESERVED_EVENT_TYPES: ReadonlySet<string> = new Set([
  "created",
  "state_changed",
  "details_changed",
]);

/** Text that Postgres can store: it refuses U+0000, and UTF-8 has no lone surrogates. */
function text(charactersMin: number, charactersMax: number) {
  return z.string().superRefine((value, context) => {
    const characters = Array.from(value).length;
    if (characters < charactersMin || characters > charactersMax) {
      context.addIssue({
        code: "custom",
        message: `has ${characters} characters, allowed: ${charactersMin} to ${charactersMax}`,
      });
    }
    if (value.includes("\u0000") || !value.isWellFormed()) {
      context.addIssue({
        code: "custom",
        message: "holds U+0000 or a lone surrogate, allowed: well-formed text",
      });
    }
  });
}

const title = text(1, TITLE_CHARACTERS_MAX).refine((value) => value.trim() !== "", {
  message: "holds nothing but white space, allowed: a title",
});
const description = text(0, TEXT_CHARACTERS_MAX);

export const newMissionSchema = z.strictObject({ title, description: description.default("") });

export type NewMission = Readonly<z.infer<typeof newMissionSchema>>;

export const missionChangeSchema = z
  .strictObject({
    title: title.optional(),
    description: description.optional(),
    state: z.enum(MISSION_STATES).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: "changes nothing, allowed: at least one of title, description, state",
  });

export type MissionChange = Readonly<z.infer<typeof missionChangeSchema>>;

export const newEventSchema = z.strictObject({
  type: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,49}$/, "allowed: lower case letters, digits and _, at most 50")
    .refine((type) => !RESERVED_EVENT_TYPES.has(type), {
      message: "is written by the server alone, allowed: another type",
    })
    .default("note"),
  message: text(1, TEXT_CHARACTERS_MAX),
});

export type NewEvent = Readonly<z.infer<typeof newEventSchema>>;
