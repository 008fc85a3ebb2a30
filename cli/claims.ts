/** Which suite files a command means. */

import { manifest } from "../reports/manifest.ts";
import type { Profile } from "../reports/manifest.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

/** All claims of a profile, in the order of the manifest. */
export function claimsOf(profile: Profile): string[] {
  return manifest.filter(({ profiles }) => profiles.includes(profile)).map(({ claim }) => claim);
}

/**
 * Claims that a name means: one claim (`tls/handshake`) or all of a suite (`tls`).
 *
 * @throws CommandError that lists the names when nothing is called so
 */
export function claimsNamed(names: readonly string[]): string[] {
  const all = manifest.map(({ claim }) => claim);
  const meant = names.flatMap((name) => {
    const found = all.filter((claim) => claim === name || claim.startsWith(`${name}/`));
    if (found.length > 0) return found;
    const suites = [...new Set(all.map((claim) => claim.split("/")[0] ?? ""))];
    throw new CommandError(
      `no suite is called "${name}"; suites: ${suites.join(", ")}; claims: ${all.join(", ")}`,
      exitCodes.usage,
    );
  });
  const chosen = new Set(meant);
  return all.filter((claim) => chosen.has(claim));
}
