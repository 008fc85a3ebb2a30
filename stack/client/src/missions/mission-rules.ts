import type { MissionContent } from "./missions-api.ts";

export const titleLengthMax = 200;
export const descriptionLengthMax = 2_000;
export const messageLengthMax = 2_000;

/** A sentence per field that is wrong, null where the field is fine. */
export type ContentErrors = {
  readonly title: string | null;
  readonly description: string | null;
};

export function checkContent(content: MissionContent): ContentErrors {
  return {
    title: checkText("The title", content.title, titleLengthMax, { isRequired: true }),
    description: checkText("The description", content.description, descriptionLengthMax, {
      isRequired: false,
    }),
  };
}

export function checkMessage(message: string): string | null {
  return checkText("The event", message, messageLengthMax, { isRequired: true });
}

/** The content as it is sent: without the blanks that typing leaves at both ends. */
export function trimContent(content: MissionContent): MissionContent {
  return { title: content.title.trim(), description: content.description.trim() };
}

/** Length in code points, which is how the service and its database count. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

function checkText(
  subject: string,
  text: string,
  lengthMax: number,
  { isRequired }: { readonly isRequired: boolean },
): string | null {
  const length = countCharacters(text.trim());
  if (isRequired && length === 0) return `${subject} is missing.`;
  if (length <= lengthMax) return null;
  return `${subject} has ${length} characters; at most ${lengthMax} are possible.`;
}
