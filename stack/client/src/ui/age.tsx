import type { ReactNode } from "react";
import { formatAge, formatExactTime } from "../format/time.ts";

type Props = { readonly time: string; readonly nowMs: number };

/** How long ago something was; the exact time is in the tooltip. */
export function Age({ time, nowMs }: Props): ReactNode {
  return (
    <time dateTime={time} title={formatExactTime(time)}>
      {formatAge(time, nowMs)}
    </time>
  );
}
