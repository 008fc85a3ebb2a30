/** What an image was built from, as one hash, so that nothing is built twice. */

import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";

async function listFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => join(file.parentPath, file.name)).toSorted();
}

/**
 * SHA-256 over files (each path is a file or a folder) and over values. Names below a folder count
 * as well as contents, so that a renamed file is a change.
 */
export async function hashInputs(
  paths: readonly string[],
  values: readonly string[],
): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of await listFiles(path)) {
      const content = await readFile(file);
      hash.update(`${relative(path, file)}\0${content.length}\0`).update(content);
    }
  }
  for (const value of values) hash.update(`${value.length}\0${value}`);
  return hash.digest("hex");
}
