import type { ReactNode } from "react";
import type { RequestFailure } from "../http/request-failure.ts";
import { FailureNotice } from "./failure-notice.tsx";

type Props = {
  readonly label: string;
  readonly isLoading: boolean;
  readonly failure: RequestFailure | null;
  readonly onLoad: () => void;
};

export function LoadMore({ label, isLoading, failure, onLoad }: Props): ReactNode {
  return (
    <div className="load-more">
      {failure && <FailureNotice failure={failure} />}
      <button type="button" className="button" aria-disabled={isLoading} onClick={onLoad}>
        {isLoading ? "Loading…" : label}
      </button>
    </div>
  );
}
