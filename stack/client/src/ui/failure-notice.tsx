import type { ReactNode } from "react";
import { explainFailure, type RequestFailure } from "../http/request-failure.ts";

type Props = {
  readonly failure: RequestFailure;
  /** Takes the place of the general advice. */
  readonly advice?: string;
  readonly onRetry?: () => void;
};

/** Says what failed, what helps, and under which reference the service logged it. */
export function FailureNotice({ failure, advice, onRetry }: Props): ReactNode {
  const explanation = explainFailure(failure);
  const { reference } = failure.facts;
  return (
    <div className="notice notice-failure" role="alert">
      <div className="notice-text">
        <p>
          <strong>{explanation.happened}</strong> {advice ?? explanation.advice}
        </p>
        {reference !== null && <p className="notice-reference">Reference: {reference}</p>}
      </div>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
