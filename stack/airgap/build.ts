/** Builds the drop-in base images that are out of date: `node stack/airgap/build.ts`. */

import { ensureBaseImages } from "../images.ts";

const cancelled = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => cancelled.abort());
}
try {
  await ensureBaseImages("airgap", {
    log: (line) => process.stdout.write(`${line}\n`),
    signal: cancelled.signal,
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
