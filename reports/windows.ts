import type { Operation } from "./records.ts";

/** Fewer answers in a window cannot tell half of a fair share from a stray request. */
const answersInWindowMin = 20;
/** Part of a window that the traffic may leave open at its end: the gap between two answers. */
const openShareMax = 0.1;

/** What each replica must do for its capacity to count as there. */
export interface FairShare {
  readonly replicas: number;
  /** Part of a fair share, which is one through `replicas`. */
  readonly fairShareMin: number;
  readonly windowMs: number;
}

/** What one replica did in a window. */
interface Part {
  readonly share: number;
  readonly firstAnswerAtMs: number;
}

/** A window in which enough replicas did their part; only those are listed. */
interface FairWindow {
  readonly answers: number;
  readonly parts: ReadonlyMap<string, Part>;
}

/** What is known of the operations that ended inside the present window. */
interface Tally {
  add(operation: Operation): void;
  remove(operation: Operation): void;
  holds(): boolean;
}

interface Window {
  readonly startMs: number;
  readonly operations: readonly Operation[];
}

/**
 * When the first window begins, at `fromMs` or at the end of an operation after that, in which all
 * operations that ended were good, and were 20 or more; `null` where the traffic shows none.
 */
export function serviceBackAtMs(
  operations: readonly Operation[],
  fromMs: number,
  windowMs: number,
): number | null {
  return firstWindow(endedFrom(operations, fromMs), fromMs, windowMs, new Goods())?.startMs ?? null;
}

/**
 * When the last of the replicas gave its first answer in the first window after `fromMs` in which
 * all of them do their part; `null` where the traffic shows no such window.
 */
export function capacityBackAtMs(
  operations: readonly Operation[],
  fromMs: number,
  fair: FairShare,
): number | null {
  const found = findFairWindow(operations, fromMs, fair);
  if (found === null) return null;
  return Math.max(...[...found.parts.values()].map(({ firstAnswerAtMs }) => firstAnswerAtMs));
}

/** The first such window, in which `required` did its part too where that is given. */
export function findFairWindow(
  operations: readonly Operation[],
  fromMs: number,
  fair: FairShare,
  required?: string,
): FairWindow | null {
  const answered = endedFrom(operations, fromMs).filter(
    ({ outcome, replica }) => outcome === "ok" && replica !== null,
  );
  const shares = new Shares(fair, required);
  const window = firstWindow(answered, fromMs, fair.windowMs, shares);
  if (window === null) return null;
  const answers = window.operations.length;
  const parts = shares.fair().map(([replica, count]): [string, Part] => {
    const first = window.operations.find((operation) => operation.replica === replica);
    return [
      replica,
      { share: count / answers, firstAnswerAtMs: first?.endedAtMs ?? window.startMs },
    ];
  });
  return { answers, parts: new Map(parts) };
}

/** In the order of their end; the order in which they are recorded is nearly that already. */
function endedFrom(operations: readonly Operation[], fromMs: number): readonly Operation[] {
  return operations
    .filter(({ endedAtMs }) => endedAtMs >= fromMs)
    .sort((left, right) => left.endedAtMs - right.endedAtMs);
}

/** Slides a window over operations in the order of their end, each of which is added once. */
function firstWindow(
  ended: readonly Operation[],
  fromMs: number,
  windowMs: number,
  tally: Tally,
): Window | null {
  const lastMs = ended.at(-1)?.endedAtMs ?? fromMs;
  let end = 0;
  for (let begin = -1; begin < ended.length; begin += 1) {
    const startMs = ended[begin]?.endedAtMs ?? fromMs;
    if (startMs + windowMs > lastMs + windowMs * openShareMax) return null;
    for (let next = ended[end]; next !== undefined; next = ended[end]) {
      if (next.endedAtMs >= startMs + windowMs) break;
      tally.add(next);
      end += 1;
    }
    const first = Math.max(begin, 0);
    if (end - first >= answersInWindowMin && tally.holds()) {
      return { startMs, operations: ended.slice(first, end) };
    }
    const left = ended[begin];
    if (left !== undefined) tally.remove(left);
  }
  return null;
}

class Goods implements Tally {
  #bad = 0;

  add({ outcome }: Operation): void {
    if (outcome !== "ok") this.#bad += 1;
  }

  remove({ outcome }: Operation): void {
    if (outcome !== "ok") this.#bad -= 1;
  }

  holds(): boolean {
    return this.#bad === 0;
  }
}

class Shares implements Tally {
  readonly #fair: FairShare;
  readonly #required: string | undefined;
  readonly #counts = new Map<string, number>();
  #answers = 0;

  constructor(fair: FairShare, required: string | undefined) {
    this.#fair = fair;
    this.#required = required;
  }

  add({ replica }: Operation): void {
    this.#change(replica ?? "", 1);
  }

  remove({ replica }: Operation): void {
    this.#change(replica ?? "", -1);
  }

  /** Replicas that do their part, with their number of answers. */
  fair(): readonly (readonly [string, number])[] {
    return [...this.#counts].filter(([, count]) => this.#isEnough(count));
  }

  holds(): boolean {
    if (this.#required !== undefined && !this.#isEnough(this.#counts.get(this.#required) ?? 0)) {
      return false;
    }
    return this.fair().length >= this.#fair.replicas;
  }

  #isEnough(count: number): boolean {
    const { fairShareMin, replicas } = this.#fair;
    return count > 0 && count * replicas >= fairShareMin * this.#answers;
  }

  #change(replica: string, by: number): void {
    this.#counts.set(replica, (this.#counts.get(replica) ?? 0) + by);
    this.#answers += by;
  }
}
