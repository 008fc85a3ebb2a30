import { useEffect, useId, useRef, type ReactNode } from "react";

type Props = {
  readonly isOpen: boolean;
  readonly title: string;
  /** Called when the dialog was closed by any means, Escape included. */
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A modal dialog; the browser keeps the focus inside and gives it back at the end. */
export function Dialog({ isOpen, title, onClose, children }: Props): ReactNode {
  const dialogRef = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = dialogRef.current;
    if (dialog === null || dialog.open === isOpen) return;
    if (isOpen) dialog.showModal();
    else dialog.close();
  }, [isOpen]);
  return (
    <dialog ref={dialogRef} className="dialog" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
