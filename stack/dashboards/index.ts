/**
 * Every dashboard, as Grafana reads it from `stack/monitoring/grafana/dashboards/`.
 *
 * Run as a command, `npm run dashboards`, it writes those files; `npm run format` follows.
 */

import { writeFile } from "node:fs/promises";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { data } from "./data.ts";
import { overview } from "./overview.ts";
import { server } from "./server.ts";
import { system } from "./system.ts";

export const dashboards: Readonly<Record<string, Dashboard>> = { overview, server, data, system };

const folder = new URL("../monitoring/grafana/dashboards/", import.meta.url);

/** Where Grafana finds a dashboard. */
export function fileOf(name: string): URL {
  return new URL(`${name}.json`, folder);
}

if (import.meta.main) {
  for (const [name, dashboard] of Object.entries(dashboards)) {
    await writeFile(fileOf(name), `${JSON.stringify(dashboard, null, 2)}\n`);
  }
}
