import type { Mutant } from "../mutant.ts";

/** An `error` event without a listener ends a Node process. */
export const poolErrorsUnheard: Mutant = {
  id: "pool-errors-unheard",
  title: "nobody listens to the errors of idle database connections, so they end the replica",
  area: "server",
  claim: "durability/postgres-restart",
  objective: "SC-4.postgres-restart.side-effects",
  overlay: {
    edits: [
      {
        file: "server/src/database/pool.ts",
        find: `  pool.on("error", (error) => {
    logger.warn({ reason: error.message }, "an idle database connection was lost");
  });
`,
        replace: '  logger.debug("the pool is there");\n',
      },
    ],
  },
};
