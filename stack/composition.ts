/** A service as the composition would start it, also where it does not run on this machine. */

import { docker } from "./engine.ts";
import { ownEnvironmentOnly } from "./production-stack.ts";
import type { StackHandle } from "./production-stack.ts";

export interface ComposedService {
  readonly environment: Readonly<Record<string, string>>;
  /** `address:port` on the host for each published port. */
  readonly published: readonly string[];
}

interface Resolved {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly environment?: Readonly<Record<string, string | null>>;
        readonly ports?: ReadonlyArray<{
          readonly host_ip?: string;
          readonly published?: string;
        }>;
      }
    >
  >;
}

/**
 * Reads one service with its profile switched on, as Compose itself resolves it.
 *
 * @throws Error where the composition has no such service
 */
export async function composedService(
  { sources, installation }: Pick<StackHandle, "sources" | "installation">,
  service: string,
): Promise<ComposedService> {
  const file = ["--project-directory", sources, "--file", `${sources}/compose.yaml`];
  const printed = await docker(
    ["compose", ...file, "--profile", service, "config", "--format", "json"],
    { environment: { SECRETS_DIR: installation, ...ownEnvironmentOnly } },
  );
  const found = (JSON.parse(printed) as Resolved).services[service];
  if (found === undefined) {
    throw new Error(`looked for the service ${service} in ${sources}/compose.yaml: saw none`);
  }
  const { environment = {}, ports = [] } = found;
  return {
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, value ?? ""]),
    ),
    published: ports.map((port) => `${port.host_ip ?? "0.0.0.0"}:${port.published ?? "any"}`),
  };
}
