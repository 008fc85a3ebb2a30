import type { ReactNode } from "react";

type Props = {
  readonly label: string;
  readonly busyLabel: string;
  readonly isBusy: boolean;
};

/** Stays focusable while busy: a disabled button would drop the focus of keyboard users. */
export function SubmitButton({ label, busyLabel, isBusy }: Props): ReactNode {
  return (
    <button type="submit" className="button button-primary" aria-disabled={isBusy}>
      {isBusy ? busyLabel : label}
    </button>
  );
}
