import type { ReactNode } from "react";
import type { RequestFailure } from "../http/request-failure.ts";
import { FailureNotice } from "./failure-notice.tsx";

type Props = { readonly failure: RequestFailure; readonly what: string };

/**
 * The failure of a submission that carried an idempotency key: where it is open whether it took
 * effect, the person learns that submitting once more cannot double it.
 */
export function UndecidedNotice({ failure, what }: Props): ReactNode {
  if (!failure.isUndecided) return <FailureNotice failure={failure} />;
  const advice =
    `It is not certain whether the ${what} was saved. ` +
    `You can safely submit again: it will not be saved twice.`;
  return <FailureNotice failure={failure} advice={advice} />;
}
