/** `doctor`: everything that a run needs of this machine, each finding with its fix. */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { chromium } from "@playwright/test";
import { executableOf } from "../fixtures/probes/lock/chromium.ts";
import { chooseImageSource } from "../stack/images.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { print } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";
import {
  requireCompose,
  requireDisk,
  requireEngine,
  requireEngineHere,
  requireImageSource,
  requirePorts,
} from "./preflight.ts";
import { runsDirectory } from "./report.ts";
import { readWaivers } from "./waivers-file.ts";

const programMsMax = 15_000;
const processorsMin = 2;
const memoryBytesMin = 4 * 2 ** 30;

/** One thing to look at; throws an error whose message says what was seen and how to repair it. */
export interface Examination {
  readonly what: string;
  /** Why a run goes on without it, and what it lacks then; `null` where no run starts. */
  readonly without: string | null;
  readonly look: () => Promise<string>;
}

export interface Finding {
  readonly what: string;
  readonly state: "ok" | "missing" | "limited";
  /** What was seen or, where something is missing, how to repair it. */
  readonly seen: string;
}

/** Looks at everything; one finding hides no other. */
export async function examine(examinations: readonly Examination[]): Promise<readonly Finding[]> {
  return Promise.all(
    examinations.map(async ({ what, without, look }): Promise<Finding> => {
      try {
        return { what, state: "ok", seen: await look() };
      } catch (error) {
        const seen = error instanceof Error ? error.message : String(error);
        if (without === null) return { what, state: "missing", seen };
        return { what, state: "limited", seen: `${seen}; ${without}` };
      }
    }),
  );
}

/** What `doctor` prints for people, what is missing last. */
export function doctorLines(findings: readonly Finding[]): readonly string[] {
  const width = Math.max(0, ...findings.map(({ what }) => what.length));
  const missing = findings.filter(({ state }) => state === "missing").length;
  const limited = findings.filter(({ state }) => state === "limited").length;
  const order = ["ok", "limited", "missing"] as const;
  return [
    ...order.flatMap((state) =>
      findings
        .filter((finding) => finding.state === state)
        .map(({ what, seen }) => `${state.padEnd(7)}  ${what.padEnd(width)}  ${seen}`),
    ),
    missing > 0
      ? `${missing} of ${findings.length} must be repaired before anything can run`
      : `ready${limited === 0 ? "" : `, ${limited} with limits`}`,
  ];
}

async function said(require: () => Promise<void>, words: string): Promise<string> {
  await require();
  return words;
}

/** First line that a program says of itself. */
function versionOf(program: string, args: readonly string[], remedy: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: programMsMax }, (error, stdout, stderr) => {
      const [line = ""] = `${stdout}${stderr}`.trim().split("\n");
      if (error === null) resolve(line);
      else reject(new Error(`${program}: ${error.message.split("\n")[0] ?? ""}; ${remedy}`));
    });
  });
}

async function browser(): Promise<string> {
  const { executablePath = chromium.executablePath() } = executableOf(process.env);
  if (existsSync(executablePath)) return executablePath;
  throw new Error(
    `looked for a browser: saw none at ${executablePath}; run ./setup, or set CHROMIUM_PATH`,
  );
}

async function machine(): Promise<string> {
  const processors = availableParallelism();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  if (processors >= processorsMin && totalmem() >= memoryBytesMin) {
    return `${processors} processors, ${memory}`;
  }
  throw new Error(
    `saw ${processors} processors and ${memory}, allowed are ${processorsMin} and ` +
      `${memoryBytesMin / 2 ** 30} GiB or more; take a larger machine`,
  );
}

async function imageSource(): Promise<string> {
  requireImageSource(process.env);
  return `base images from ${await chooseImageSource()}`;
}

function examinationsOf(ports: HostPorts): readonly Examination[] {
  const setup = "run ./setup";
  return [
    { what: "Node", without: null, look: async () => process.version },
    { what: "machine", without: "times may be unknown in place of passed", look: machine },
    {
      what: "engine",
      without: null,
      look: async () => {
        await requireEngineHere("looking at it");
        await requireEngine();
        return versionOf("docker", ["version", "--format", "{{.Server.Version}}"], setup);
      },
    },
    {
      what: "Compose",
      without: null,
      look: async () => {
        await requireCompose();
        return versionOf("docker", ["compose", "version", "--short"], setup);
      },
    },
    {
      what: "buildx",
      without: null,
      look: () => versionOf("docker", ["buildx", "version"], setup),
    },
    { what: "images", without: null, look: imageSource },
    {
      what: "disk",
      without: null,
      look: () => said(() => requireDisk(runsDirectory), "enough is free"),
    },
    { what: "ports", without: null, look: () => said(() => requirePorts(ports), "free") },
    {
      what: "waivers",
      without: null,
      look: async () => `${readWaivers().length} hold`,
    },
    { what: "browser", without: "the browser claims break", look: browser },
    {
      what: "certutil",
      without: "the browser claims break",
      look: () =>
        versionOf("certutil", ["-H"], setup).then(
          () => "there",
          (error: unknown) => {
            // It has no option that ends well without a store; only a missing one says ENOENT.
            if (String(error).includes("ENOENT")) throw error;
            return "there";
          },
        ),
    },
    {
      what: "Java",
      without: "no Allure report is made; verdict, summary and JUnit are",
      look: () => versionOf("java", ["-version"], setup),
    },
    {
      what: "xfs_io",
      without: "the claims about a loss of power and a full disk are refused",
      look: () => versionOf("xfs_io", ["-V"], setup),
    },
  ];
}

/** @returns 0 when a run can start, 69 when something must be repaired first */
export async function doctor(ports: HostPorts, json: boolean): Promise<number> {
  mkdirSync(runsDirectory, { recursive: true });
  const findings = await examine(examinationsOf(ports));
  if (json) print(JSON.stringify(findings, null, 2));
  else for (const line of doctorLines(findings)) print(line);
  const isReady = findings.every(({ state }) => state !== "missing");
  return isReady ? exitCodes.go : exitCodes.missingDependency;
}
