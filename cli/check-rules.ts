/**
 * Lint and unit tests of Prometheus' rules and of Alertmanager's routes, by the programs of the very
 * images that production runs. Exit code 69 where there is no engine or no such image yet.
 */

import { fileURLToPath } from "node:url";
import { docker, dockerLines } from "../stack/engine.ts";
import { baseImages } from "../stack/images.ts";
import type { BaseImageVariable } from "../stack/images.ts";
import { print } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";

/** Ten seconds of one processor; a machine that has others to serve takes a multiple of that. */
const timeoutMs = 110_000;

interface Step {
  readonly image: BaseImageVariable;
  /** Below the folder of the monitoring; mounted at /rules, read-only. */
  readonly folder: string;
  readonly script: string;
}

const steps: readonly Step[] = [
  {
    image: "PROMETHEUS_IMAGE",
    folder: "prometheus",
    script:
      "promtool check config --lint=all --lint-fatal /rules/prometheus.yml && " +
      "promtool check rules --lint=all --lint-fatal /rules/rules/*.yml && " +
      "promtool test rules /rules/rule-tests/*.yml",
  },
  {
    // As it is, and as it is rewritten where the installation names a webhook.
    image: "ALERTMANAGER_IMAGE",
    folder: "exporters",
    script:
      "amtool check-config /rules/alertmanager.yml && " +
      'sed "s/^  receiver: none$/  receiver: webhook/" /rules/alertmanager.yml >/tmp/a.yml && ' +
      "! cmp -s /rules/alertmanager.yml /tmp/a.yml && amtool check-config /tmp/a.yml",
  },
];

async function presentImage(variable: BaseImageVariable): Promise<string | undefined> {
  for (const source of ["registry", "airgap"] as const) {
    const image = baseImages(source)[variable];
    const found = await docker(["image", "inspect", "--format", "{{.Id}}", image]).catch(() => "");
    if (found !== "") return image;
  }
  return undefined;
}

async function runStep({ image, folder, script }: Step): Promise<void> {
  const present = await presentImage(image);
  if (present === undefined) {
    print(`no engine answers, or it has no ${image} yet; \`npm run up\` provides it`);
    process.exitCode = exitCodes.missingDependency;
    return;
  }
  const rules = fileURLToPath(new URL(`../stack/monitoring/${folder}`, import.meta.url));
  const confined = ["--rm", "--network", "none", "--cap-drop", "ALL", "--entrypoint", "sh"];
  const mount = ["--volume", `${rules}:/rules:ro`];
  await dockerLines(["run", ...confined, ...mount, present, "-c", script], print, { timeoutMs });
}

try {
  for (const step of steps) await runStep(step);
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
