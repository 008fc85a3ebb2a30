/**
 * The secrets of one installation, as the files that `compose.yaml` mounts.
 *
 * Run as a command, `npx node stack/secrets.ts`, it prepares a `docker compose up --wait` by hand.
 */

import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { createCertificates } from "./certificates.ts";

export interface InstallationOptions {
  /** DNS names of the gateway's certificate. */
  readonly hostNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** 1 to 90. */
  readonly validityDays?: number;
  readonly now?: Date;
}

/** Where the files of one installation are; all below `directory`. */
export interface Installation {
  readonly directory: string;
  /** Certificate of the throw-away authority, PEM: what clients have to trust. */
  readonly authorityPath: string;
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly passwordPaths: Readonly<Record<PasswordName, string>>;
  /** Names of the files that this call wrote; empty when all were there and good. */
  readonly written: readonly string[];
}

const passwordNames = [
  "postgres_superuser_password",
  "postgres_owner_password",
  "postgres_app_password",
  "postgres_monitor_password",
  "redis_password",
  "redis_monitor_password",
  "grafana_admin_password",
] as const;
type PasswordName = (typeof passwordNames)[number];

const authorityFile = "ca.pem";
const certificateFile = "tls_certificate.pem";
const keyFile = "tls_key.pem";
/** The leaf and its renewal under names of their own; neither is mounted. */
const leafFiles = { first: "tls_first.pem", renewed: "tls_renewed.pem" } as const;
export type Leaf = keyof typeof leafFiles;
const defaultHostNames = ["hyper-mission.test", "localhost"];
const defaultIpAddresses = ["127.0.0.1", "::1"];
const defaultValidityDays = 90;
/** A kept certificate lasts at least this long, so that nothing started today meets its end. */
const remainingDaysMin = 30;
const dayMs = 24 * 60 * 60_000;

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Readable by all, in a directory that only its owner may enter: Compose mounts file secrets as
 * they are, and each service reads them as a user of its own that the host does not know.
 */
async function writeSecret(directory: string, name: string, content: string): Promise<void> {
  const path = join(directory, name);
  if ((await readIfPresent(path)) === undefined) {
    // Renamed into place, so that a killed run never leaves half a password behind.
    const unfinished = `${path}.${randomBytes(6).toString("hex")}`;
    await writeFile(unfinished, content, { mode: 0o444, flag: "wx" });
    await rename(unfinished, path);
    return;
  }
  // In place: a running gateway has this very file mounted and reads a renewal when it is reloaded.
  await chmod(path, 0o600);
  await writeFile(path, content);
  await chmod(path, 0o444);
}

function isCertificateUsable(
  authorityPem: string,
  certificatePem: string,
  keyPem: string,
  request: Required<InstallationOptions>,
): boolean {
  try {
    const authority = new X509Certificate(authorityPem);
    const leaf = new X509Certificate(certificatePem);
    const remainingMs = leaf.validToDate.getTime() - request.now.getTime();
    return (
      leaf.checkIssued(authority) &&
      leaf.verify(authority.publicKey) &&
      leaf.checkPrivateKey(createPrivateKey(keyPem)) &&
      leaf.validFromDate.getTime() <= request.now.getTime() &&
      remainingMs >= Math.min(remainingDaysMin, request.validityDays - 1) * dayMs &&
      request.hostNames.every((name) => leaf.checkHost(name, { subject: "never" }) === name) &&
      request.ipAddresses.every((address) => leaf.checkIP(address) !== undefined)
    );
  } catch {
    // What cannot be parsed cannot be used; it is replaced, and the caller is told by `written`.
    return false;
  }
}

async function writePasswords(directory: string): Promise<string[]> {
  const written: string[] = [];
  for (const name of passwordNames) {
    const present = await readIfPresent(join(directory, name));
    if (present !== undefined && present.trim() !== "") continue;
    await writeSecret(directory, name, randomBytes(24).toString("hex"));
    written.push(name);
  }
  return written;
}

async function writeCertificates(
  directory: string,
  request: Required<InstallationOptions>,
): Promise<string[]> {
  const [authority, certificate, key] = await Promise.all(
    [authorityFile, certificateFile, keyFile].map((name) => readIfPresent(join(directory, name))),
  );
  if (authority !== undefined && certificate !== undefined && key !== undefined) {
    if (isCertificateUsable(authority, certificate, key, request)) return [];
  }
  // The authority's key is dropped here: nothing else can ever be signed with it.
  const created = await createCertificates(request);
  await writeSecret(directory, keyFile, created.leaf.key);
  await writeSecret(directory, certificateFile, created.chain);
  await writeSecret(directory, authorityFile, created.authority.certificate);
  await writeSecret(directory, leafFiles.first, created.chain);
  await writeSecret(directory, leafFiles.renewed, created.renewal);
  return [keyFile, certificateFile, authorityFile, ...Object.values(leafFiles)];
}

function pathsOf<Name extends string>(
  names: readonly Name[],
  path: (name: Name) => string,
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, path(name)])) as Record<Name, string>;
}

/**
 * Writes random passwords and a certificate into a directory; keeps those that are there and good.
 *
 * @throws CertificateRequestError when a name, an address or the validity is not acceptable
 */
export async function writeInstallation(
  directory: string,
  options: InstallationOptions = {},
): Promise<Installation> {
  const request = {
    hostNames: defaultHostNames,
    ipAddresses: defaultIpAddresses,
    validityDays: defaultValidityDays,
    now: new Date(),
    ...options,
  };
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const written = [
    ...(await writePasswords(directory)),
    ...(await writeCertificates(directory, request)),
  ];
  const path = (name: string) => join(directory, name);
  return {
    directory,
    authorityPath: path(authorityFile),
    certificatePath: path(certificateFile),
    keyPath: path(keyFile),
    passwordPaths: pathsOf(passwordNames, path),
    written,
  };
}

/**
 * New certificates of another authority, whatever was there: for a gateway that starts afterwards.
 *
 * @throws CertificateRequestError when a name, an address or the validity is not acceptable
 */
export async function replaceCertificates(
  directory: string,
  options: InstallationOptions,
): Promise<void> {
  const files = [keyFile, certificateFile, authorityFile, ...Object.values(leafFiles)];
  await Promise.all(files.map((name) => rm(join(directory, name), { force: true })));
  await writeInstallation(directory, options);
}

/** Makes one of the two the certificate that the gateway reads at its next reload. */
export async function putLeafInPlace(directory: string, leaf: Leaf): Promise<void> {
  await writeSecret(directory, certificateFile, await readLeaf(directory, leaf));
}

/** PEM. */
export function readLeaf(directory: string, leaf: Leaf): Promise<string> {
  return readFile(join(directory, leafFiles[leaf]), "utf8");
}

/** Names that the certificate of a gateway with this public name has to have. */
export function namesFor(
  serverName: string | undefined,
): Required<Pick<InstallationOptions, "hostNames" | "ipAddresses">> {
  if (serverName === undefined || serverName === "") {
    return { hostNames: defaultHostNames, ipAddresses: defaultIpAddresses };
  }
  return isIP(serverName) === 0
    ? {
        hostNames: [...new Set([serverName, ...defaultHostNames])],
        ipAddresses: defaultIpAddresses,
      }
    : {
        hostNames: defaultHostNames,
        ipAddresses: [...new Set([serverName, ...defaultIpAddresses])],
      };
}

async function prepareByHand(): Promise<void> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const stackDirectory = fileURLToPath(new URL(".", import.meta.url));
  const environmentPath = join(stackDirectory, ".env");
  if ((await readIfPresent(environmentPath)) === undefined) {
    await copyFile(join(stackDirectory, ".env.example"), environmentPath);
    print(`wrote ${environmentPath}`);
  }
  const settings = parseEnv(await readFile(environmentPath, "utf8"));
  const installation = await writeInstallation(
    join(stackDirectory, "secrets"),
    namesFor(process.env["SERVER_NAME"] ?? settings["SERVER_NAME"]),
  );
  for (const name of installation.written) print(`wrote ${join(installation.directory, name)}`);
  print(`clients have to trust ${installation.authorityPath}`);
}

if (import.meta.main) await prepareByHand();
