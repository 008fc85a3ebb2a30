import type { Mutant } from "../mutant.ts";

/** Right before the outage and during it, wrong after it: Redis still has what was changed since. */
export const invalidationErrorsIgnored: Mutant = {
  id: "invalidation-errors-ignored",
  title: "a change goes on when the cache could not be told, and nobody tells it later",
  area: "redis",
  claim: "resilience/redis-cut-off",
  objective: "RES.redis-cut-off.freshness",
  overlay: {
    edits: [
      {
        file: "server/src/cache/mission-cache.ts",
        find: `      if (await this.#block(permit)) {
        return permit;
      }
`,
        replace: `      await this.#block(permit);
      return permit;
`,
      },
      {
        file: "server/src/cache/mission-cache.ts",
        find: `  async confirmChange(permit: ChangePermit, deadline: Deadline): Promise<void> {
    if (permit.mark !== undefined && !(await this.#unblock(permit))) {
      await this.#lease.close(deadline);
    }
`,
        replace: `  async confirmChange(permit: ChangePermit, _deadline: Deadline): Promise<void> {
    if (permit.mark !== undefined) {
      await this.#unblock(permit);
    }
`,
      },
    ],
  },
};
