import { useLayoutEffect, useRef } from "react";
import type { Place } from "./history-router.ts";
import { isOtherPage } from "./route.ts";

/** The id that every page gives to its main heading. */
export const pageTitleId = "page-title";

/** Gives the focus a place to go on from, where the control that had it is gone. */
export function focusPageTitle(): void {
  document.getElementById(pageTitleId)?.focus({ preventScroll: true });
}

/**
 * Makes a change of page noticeable: scrolls to where the page is to be read and moves the focus
 * to its heading, as a full page load would. A change of the filter leaves both alone.
 */
export function useArrival(place: Place): void {
  const former = useRef(place);
  useLayoutEffect(() => {
    const isArrival = isOtherPage(former.current.route, place.route);
    former.current = place;
    if (!isArrival) return;
    focusPageTitle();
    window.scrollTo(0, place.scrollY);
  }, [place]);
}
