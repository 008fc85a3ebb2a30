import { expect, test } from "vitest";
import { HistoryRouter, isPlainClick, type RouterWindow } from "./history-router.ts";

type Entry = { address: URL; state: unknown };

/** A window with a history, as far as the router needs it. */
class TestWindow {
  scrollY = 0;
  readonly entries: Entry[] = [{ address: new URL("https://x.test/"), state: null }];
  #position = 0;
  readonly #listeners = new Map<string, () => void>();

  get #entry(): Entry {
    const entry = this.entries[this.#position];
    if (entry === undefined) throw new Error(`no entry at position ${this.#position}`);
    return entry;
  }

  back(): void {
    this.#position -= 1;
    this.#listeners.get("popstate")?.();
  }

  asWindow(): RouterWindow {
    const current = (): Entry => this.#entry;
    const scrollRestoration: ScrollRestoration = "auto";
    const history: RouterWindow["history"] = {
      scrollRestoration,
      get state(): unknown {
        return current().state;
      },
      pushState: (state: unknown, _unused: string, address?: string | URL | null): void => {
        this.entries.splice(this.#position + 1);
        this.entries.push({ address: new URL(address ?? "", current().address), state });
        this.#position += 1;
      },
      replaceState: (state: unknown): void => {
        current().state = state;
      },
    };
    const scrollY = (): number => this.scrollY;
    return {
      history,
      addEventListener: (type: string, listener: unknown): void => {
        if (typeof listener === "function") this.#listeners.set(type, () => listener());
      },
      get scrollY(): number {
        return scrollY();
      },
      get location(): { pathname: string; search: string } {
        return current().address;
      },
    };
  }
}

const mission = { page: "mission", id: "3f2a9c10-0b1c-4d2e-8f3a-5b6c7d8e9f00" } as const;

test("navigating shows the route at its top and gives it an address", () => {
  const window = new TestWindow();
  const router = new HistoryRouter(window.asWindow());
  window.scrollY = 700;

  router.navigate(mission);

  expect(router.place.get()).toEqual({ route: mission, scrollY: 0 });
  expect(window.entries.at(-1)?.address.pathname).toBe(`/missions/${mission.id}`);
});

test("going back shows the former route where it was left", () => {
  const window = new TestWindow();
  const router = new HistoryRouter(window.asWindow());
  window.scrollY = 700;
  router.navigate(mission);

  window.back();

  expect(router.place.get()).toEqual({ route: { page: "board", state: null }, scrollY: 700 });
});

test("another filter keeps the scroll position", () => {
  const window = new TestWindow();
  const router = new HistoryRouter(window.asWindow());
  window.scrollY = 120;

  router.navigate({ page: "board", state: "active" });

  expect(router.place.get().scrollY).toBe(120);
});

test("listeners hear of every place once", () => {
  const window = new TestWindow();
  const router = new HistoryRouter(window.asWindow());
  let heard = 0;
  router.place.subscribe(() => (heard += 1));

  router.navigate(mission);
  window.back();

  expect(heard).toBe(2);
});

const plain = {
  button: 0,
  metaKey: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  defaultPrevented: false,
};

test.each([
  [{}, true],
  [{ button: 1 }, false],
  [{ metaKey: true }, false],
  [{ ctrlKey: true }, false],
  [{ shiftKey: true }, false],
  [{ altKey: true }, false],
  [{ defaultPrevented: true }, false],
])("a click with %j stays within the application: %j", (difference, expected) => {
  expect(isPlainClick({ ...plain, ...difference })).toBe(expected);
});
