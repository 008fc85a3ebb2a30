import { docker } from "./engine.ts";
import type { ImageSource } from "./images.ts";

/**
 * Whether Testcontainers' reaper can be had: it removes a run whose process was killed.
 *
 * Where it cannot, the next start removes what the killed run left, by its labels.
 */
export async function canHaveReaper(source: ImageSource): Promise<boolean> {
  if (source === "registry") return true;
  const held = await docker(["image", "ls", "--quiet", "testcontainers/ryuk"]);
  return held.trim() !== "";
}
