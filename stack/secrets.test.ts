import { createPrivateKey, X509Certificate } from "node:crypto";
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  namesFor,
  putLeafInPlace,
  readLeaf,
  replaceCertificates,
  writeInstallation,
} from "./secrets.ts";
import type { Installation } from "./secrets.ts";

const now = new Date("2026-11-23T12:00:00Z");
const dayMs = 24 * 60 * 60_000;
let made: string;
let parent: string;
let directory: string;

/** Keys take long to make: one installation is made, and copied for every test that starts with one. */
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "installation-"));
  await writeInstallation(join(made, "secrets"), { now });
});

afterAll(() => rm(made, { recursive: true, force: true }));

async function startWithInstallation(): Promise<Installation> {
  await cp(join(made, "secrets"), directory, { recursive: true });
  return writeInstallation(directory, { now });
}

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "installation-"));
  directory = join(parent, "secrets");
});

afterEach(() => rm(parent, { recursive: true, force: true }));

async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(directory)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), "utf8")));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}

test("an installation has every secret of the stack, and no key of the authority", async () => {
  const installation = await writeInstallation(directory, { now });

  const files = await contents();
  expect(Object.keys(files)).toEqual([
    "ca.pem",
    "grafana_admin_password",
    "postgres_app_password",
    "postgres_monitor_password",
    "postgres_owner_password",
    "postgres_superuser_password",
    "redis_monitor_password",
    "redis_password",
    "tls_certificate.pem",
    "tls_first.pem",
    "tls_key.pem",
    "tls_renewed.pem",
  ]);
  expect([...installation.written].sort()).toEqual(Object.keys(files));
  const withPrivateKey = Object.keys(files).filter((name) => /PRIVATE KEY/.test(files[name] ?? ""));
  expect(withPrivateKey).toEqual(["tls_key.pem"]);
  const authority = new X509Certificate(await readFile(installation.authorityPath));
  const leaf = new X509Certificate(await readFile(installation.certificatePath));
  expect(leaf.verify(authority.publicKey)).toBe(true);
});

test("passwords differ from each other and have 192 random bits", async () => {
  const { passwordPaths } = await startWithInstallation();

  const passwords = await Promise.all(
    Object.values(passwordPaths).map((path) => readFile(path, "utf8")),
  );
  expect(new Set(passwords).size).toBe(7);
  for (const password of passwords) expect(password).toMatch(/^[0-9a-f]{48}$/);
});

test("the directory is closed to other users, the files are readable to all", async () => {
  await startWithInstallation();
  await chmod(directory, 0o755);
  await writeInstallation(directory, { now });

  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(directory)) {
    expect((await stat(join(directory, name))).mode & 0o777).toBe(0o444);
  }
});

test("a second call keeps what is there and good", async () => {
  await startWithInstallation();
  const before = await contents();

  const again = await writeInstallation(directory, { now: new Date(now.getTime() + 50 * dayMs) });

  expect(again.written).toEqual([]);
  expect(await contents()).toEqual(before);
});

test.each([
  ["is about to end", { now: new Date(now.getTime() + 61 * dayMs) }, undefined],
  ["lacks a name", { now, hostNames: ["other.test"] }, undefined],
  ["lacks an address", { now, ipAddresses: ["192.0.2.1"] }, undefined],
  ["is not yet valid", { now: new Date(now.getTime() - dayMs) }, undefined],
  ["cannot be parsed", { now }, "tls_certificate.pem"],
  ["has no authority", { now }, "ca.pem"],
])("a certificate that %s is replaced, the passwords are kept", async (_, options, spoiled) => {
  await startWithInstallation();
  const before = await contents();
  if (spoiled !== undefined) {
    await rm(join(directory, spoiled));
    if (spoiled === "tls_certificate.pem") await writeFile(join(directory, spoiled), "spoiled");
  }

  const again = await writeInstallation(directory, options);

  const after = await contents();
  expect([...again.written].sort()).toEqual([
    "ca.pem",
    "tls_certificate.pem",
    "tls_first.pem",
    "tls_key.pem",
    "tls_renewed.pem",
  ]);
  expect(after["tls_key.pem"]).not.toBe(before["tls_key.pem"]);
  expect(after["redis_password"]).toBe(before["redis_password"]);
});

test("a renewed certificate is written into the file that a running gateway has mounted", async () => {
  const { certificatePath, keyPath } = await startWithInstallation();
  const before = await Promise.all([stat(certificatePath), stat(keyPath)]);

  await writeInstallation(directory, { now: new Date(now.getTime() + 61 * dayMs) });

  const after = await Promise.all([stat(certificatePath), stat(keyPath)]);
  expect(after.map(({ ino }) => ino)).toEqual(before.map(({ ino }) => ino));
  expect(after.map(({ mode }) => mode & 0o777)).toEqual([0o444, 0o444]);
});

test("a password file that is empty is written anew", async () => {
  await startWithInstallation();
  await rm(join(directory, "redis_password"));
  await writeFile(join(directory, "redis_password"), "\n");

  expect((await writeInstallation(directory, { now })).written).toEqual(["redis_password"]);
});

test("a public name of one's own comes first and does not displace the usual ones", () => {
  expect(namesFor("missions.example").hostNames).toEqual([
    "missions.example",
    "hyper-mission.test",
    "localhost",
  ]);
  expect(namesFor("192.0.2.1").ipAddresses).toEqual(["192.0.2.1", "127.0.0.1", "::1"]);
  expect(namesFor(undefined)).toEqual(namesFor("hyper-mission.test"));
});

test("the renewal is for the same key, and can be put in place and taken back", async () => {
  await startWithInstallation();
  const [first, renewed] = [
    await readLeaf(directory, "first"),
    await readLeaf(directory, "renewed"),
  ];
  const inPlace = async () => (await contents())["tls_certificate.pem"];
  const key = createPrivateKey((await contents())["tls_key.pem"] ?? "");

  expect(await inPlace()).toBe(first);
  expect(renewed).not.toBe(first);
  expect(new X509Certificate(renewed).checkPrivateKey(key)).toBe(true);
  await putLeafInPlace(directory, "renewed");
  expect(await inPlace()).toBe(renewed);
  await putLeafInPlace(directory, "first");
  expect(await inPlace()).toBe(first);
});

test("certificates that are good are replaced where others are wanted; passwords stay", async () => {
  await startWithInstallation();
  const before = await contents();
  await replaceCertificates(directory, { now, hostNames: ["localhost"] });
  const after = await contents();
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  expect(changed).toEqual(Object.keys(before).filter((name) => name.endsWith(".pem")));
  const leaf = new X509Certificate(after["tls_certificate.pem"] ?? "");
  expect(leaf.checkHost("localhost")).toBe("localhost");
  expect(leaf.checkHost("hyper-mission.test")).toBeUndefined();
});
