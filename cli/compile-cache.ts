/** Each claim has a thread of its own, which would compile all that it imports anew. */

import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const directory = fileURLToPath(new URL("../node_modules/.cache/compiled/", import.meta.url));

/**
 * Keeps compiled modules on disk, for this process and for every thread and process that it starts.
 * Where the folder cannot be written all is as without it.
 */
export function keepCompiledModules(): void {
  if (process.env["NODE_COMPILE_CACHE"] !== undefined) return;
  enableCompileCache(directory);
  process.env["NODE_COMPILE_CACHE"] = directory;
}
