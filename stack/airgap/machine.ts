/** What the drop-in images take from the machine that builds them. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AirgapBuildError, runStep } from "./step.ts";

const nodePackage = new URL("../../node_modules/node/", import.meta.url);
const nodeMajor = "24";

export interface Machine {
  /** Address of the Debian mirror in apt's configuration. */
  readonly debianMirror: string;
  /** Mirror of Debian's security updates; empty where apt's configuration has none. */
  readonly securityMirror: string;
  /** Address of npm's registry, with a slash at its end. */
  readonly npmRegistry: string;
  /** File of the certificates that this machine trusts. */
  readonly certificates: string;
  /** Folder of the Node.js program that the npm package `node` holds, and its version. */
  readonly nodeFolder: string;
  readonly nodeVersion: string;
}

function findDebianMirror(part: "" | "-security", signal: AbortSignal | undefined) {
  const script = fileURLToPath(new URL("debian-mirror", import.meta.url));
  return runStep("finding a Debian mirror", script, [part], { signal });
}

async function findNpmRegistry(signal: AbortSignal | undefined): Promise<string> {
  const args = ["config", "get", "registry"];
  const registry = await runStep("finding the npm registry", "npm", args, { signal });
  return registry.endsWith("/") ? registry : `${registry}/`;
}

async function readNodeVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(new URL("package.json", nodePackage), "utf8"),
  );
  const isObject = typeof manifest === "object" && manifest !== null;
  const version = isObject && "version" in manifest ? String(manifest.version) : "none";
  if (version.startsWith(`${nodeMajor}.`)) return version;
  throw new AirgapBuildError(
    `finding Node.js: the npm package node has version ${version}, ${nodeMajor} is allowed; ` +
      "install that version.",
  );
}

/** @throws {AirgapBuildError} One of the parts is missing. */
export async function inspectMachine(signal: AbortSignal | undefined): Promise<Machine> {
  const [debianMirror, securityMirror, npmRegistry, nodeVersion] = await Promise.all([
    findDebianMirror("", signal),
    findDebianMirror("-security", signal),
    findNpmRegistry(signal),
    readNodeVersion(),
  ]);
  if (debianMirror === "") {
    throw new AirgapBuildError(
      "finding a Debian mirror: apt's configuration names none, one is needed; configure apt.",
    );
  }
  return {
    debianMirror,
    securityMirror,
    npmRegistry,
    nodeVersion,
    nodeFolder: fileURLToPath(new URL("bin", nodePackage)),
    certificates: process.env["SSL_CERT_FILE"] ?? "/etc/ssl/certs/ca-certificates.crt",
  };
}
