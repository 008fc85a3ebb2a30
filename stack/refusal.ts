/** A fault cannot be done on this target or this host; nothing was touched. */
export class FaultRefusedError extends Error {
  readonly code = "FAULT_REFUSED";

  /** @param attempted what it wanted to do; @param seen what is there; @param needed what would be */
  constructor(attempted: string, seen: string, needed: string) {
    super(`${attempted}: refused, because ${seen}; needed is ${needed}`);
  }
}
