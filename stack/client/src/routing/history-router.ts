import { Observable } from "../live/observable.ts";
import { formatRoute, isOtherPage, parseRoute, type KnownRoute, type Route } from "./route.ts";

/** The parts of `window` that routing needs. */
export type RouterWindow = Pick<Window, "addEventListener"> & {
  readonly scrollY: number;
  readonly location: Pick<Location, "pathname" | "search">;
  readonly history: Pick<History, "pushState" | "replaceState" | "state"> & {
    scrollRestoration: ScrollRestoration;
  };
};

/** The route on display, and how far down the page is to be scrolled for it. */
export type Place = { readonly route: Route; readonly scrollY: number };

/**
 * Client-side routes by the browser's history.
 *
 * Scroll positions are kept in the history entries: the browser restores them before the list
 * of the former page is drawn again, hence too early.
 */
export class HistoryRouter {
  readonly place: Observable<Place>;
  readonly #window: RouterWindow;

  constructor(window: RouterWindow) {
    this.#window = window;
    this.place = new Observable<Place>({ route: this.#readRoute(), scrollY: this.#savedScrollY() });
    window.history.scrollRestoration = "manual";
    window.addEventListener("popstate", () => {
      this.place.set({ route: this.#readRoute(), scrollY: this.#savedScrollY() });
    });
    window.addEventListener("pagehide", () => this.#saveScrollY());
  }

  navigate(route: KnownRoute): void {
    this.#saveScrollY();
    const isOther = isOtherPage(this.place.get().route, route);
    const scrollY = isOther ? 0 : this.#window.scrollY;
    this.#window.history.pushState({ scrollY }, "", formatRoute(route));
    this.place.set({ route, scrollY });
  }

  #readRoute(): Route {
    return parseRoute(this.#window.location.pathname, this.#window.location.search);
  }

  #saveScrollY(): void {
    this.#window.history.replaceState({ scrollY: this.#window.scrollY }, "");
  }

  #savedScrollY(): number {
    const state: unknown = this.#window.history.state;
    if (typeof state !== "object" || state === null || !("scrollY" in state)) return 0;
    return typeof state.scrollY === "number" ? state.scrollY : 0;
  }
}

/** The facts of a click that decide whether it stays within the application. */
export type LinkClick = Pick<
  MouseEvent,
  "button" | "metaKey" | "ctrlKey" | "shiftKey" | "altKey" | "defaultPrevented"
>;

/** False for clicks that ask the browser for a new tab, a window or a download. */
export function isPlainClick(click: LinkClick): boolean {
  const hasModifier = click.metaKey || click.ctrlKey || click.shiftKey || click.altKey;
  return click.button === 0 && !hasModifier && !click.defaultPrevented;
}
