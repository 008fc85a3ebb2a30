import { useState } from "react";
import { SubmissionKeys } from "./submission-keys.ts";

export function mintKey(): string {
  return crypto.randomUUID();
}

/** The idempotency keys of one form, kept for as long as the form is on the page. */
export function useSubmissionKeys(): SubmissionKeys {
  const [keys] = useState(() => new SubmissionKeys(mintKey));
  return keys;
}
