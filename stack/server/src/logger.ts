import { pino, type Logger } from "pino";

export type { Logger };

/** One JSON object per line on standard output; `time` in ISO 8601, `level` by name. */
export function createLogger(options: {
  readonly level: string;
  readonly replicaId: string;
  readonly buildId: string;
}): Logger {
  return pino({
    level: options.level,
    base: { replicaId: options.replicaId, buildId: options.buildId },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    // Nothing of this is logged on purpose; the list is for the day when somebody logs a whole
    // object.
    redact: {
      paths: ["password", "*.password", "*.authorization", "*.cookie", "headers", "*.headers"],
      censor: "[redacted]",
    },
  });
}
