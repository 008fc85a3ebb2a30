import { useEffect, useRef, type RefObject } from "react";

/** Moves the focus to the first wrong field of a form whenever another attempt was counted. */
export function useInvalidFocus(attempts: number): RefObject<HTMLFormElement | null> {
  const formRef = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (attempts === 0) return;
    formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);
  return formRef;
}
