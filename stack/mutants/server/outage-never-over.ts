import type { Mutant } from "../mutant.ts";

export const outageNeverOver: Mutant = {
  id: "outage-never-over",
  title: "a replica that has lost Postgres once refuses every request until it is restarted",
  area: "server",
  claim: "durability/postgres-pause",
  objective: "SC-4.postgres-pause.recovery",
  overlay: {
    edits: [
      {
        file: "server/src/database/reachability.ts",
        find: `      } catch {
        await this.#clock.sleep(limits.databaseProbeIntervalMs);
      }
`,
        replace: `      } catch {
        return;
      }
`,
      },
    ],
  },
};
