import { createPrivateKey, X509Certificate } from "node:crypto";
import forge from "node-forge";
import { beforeAll, expect, test } from "vitest";
import { CertificateRequestError, createCertificates } from "./certificates.ts";
import type { Certificates } from "./certificates.ts";

const now = new Date("2026-11-23T12:00:00Z");
const request = {
  hostNames: ["hyper-mission.test", "localhost"],
  ipAddresses: ["127.0.0.1", "::1"],
  validityDays: 90,
  now,
};
const dayMs = 24 * 60 * 60_000;

let created: Certificates;
let leaf: X509Certificate;
let authority: X509Certificate;

beforeAll(async () => {
  created = await createCertificates(request);
  leaf = new X509Certificate(created.leaf.certificate);
  authority = new X509Certificate(created.authority.certificate);
});

test("the leaf is signed by the authority, with the key that belongs to it", () => {
  expect(leaf.verify(authority.publicKey)).toBe(true);
  expect(leaf.checkIssued(authority)).toBe(true);
  expect(leaf.checkPrivateKey(createPrivateKey(created.leaf.key))).toBe(true);
  expect(created.chain).toBe(created.leaf.certificate);
});

test("another authority of the same name does not verify the leaf", async () => {
  const other = new X509Certificate((await createCertificates(request)).authority.certificate);

  expect(other.subject).toBe(authority.subject);
  expect(leaf.verify(other.publicKey)).toBe(false);
  expect(leaf.checkIssued(other)).toBe(false);
});

test("the leaf names every host and address, and nothing else", () => {
  expect(leaf.checkHost("localhost", { subject: "never" })).toBe("localhost");
  expect(leaf.checkHost("hyper-mission.test", { subject: "never" })).toBe("hyper-mission.test");
  expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(leaf.checkIP("::1")).toBe("::1");
  expect(leaf.checkHost("www.hyper-mission.test", { subject: "never" })).toBeUndefined();
  expect(leaf.checkIP("127.0.0.2")).toBeUndefined();
  expect(leaf.subjectAltName?.split(", ")).toHaveLength(4);
});

test("only the authority may sign, and only directly", () => {
  expect(authority.ca).toBe(true);
  expect(leaf.ca).toBe(false);
  const extension = (pem: string, name: string) =>
    forge.pki.certificateFromPem(pem).getExtension(name);
  expect(extension(created.authority.certificate, "basicConstraints")).toMatchObject({
    critical: true,
    cA: true,
    pathLenConstraint: 0,
  });
  expect(extension(created.authority.certificate, "keyUsage")).toMatchObject({
    critical: true,
    keyCertSign: true,
    digitalSignature: false,
  });
  expect(extension(created.leaf.certificate, "keyUsage")).toMatchObject({
    critical: true,
    digitalSignature: true,
    keyEncipherment: false,
    keyCertSign: false,
  });
});

test("the leaf is for servers and points at the authority's key", () => {
  expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  const identifierOf = (pem: string) =>
    forge.pki.certificateFromPem(pem).generateSubjectKeyIdentifier().toHex();
  const authorityKeyIdentifier = forge.pki
    .certificateFromPem(created.leaf.certificate)
    .getExtension("authorityKeyIdentifier");
  const value =
    authorityKeyIdentifier !== undefined && "value" in authorityKeyIdentifier
      ? String(authorityKeyIdentifier.value)
      : "";
  expect(Buffer.from(value, "latin1").toString("hex")).toContain(
    identifierOf(created.authority.certificate),
  );
});

test("key, signature and serial number meet TLSRef intermediate and RFC 5280", async () => {
  expect(leaf.publicKey.asymmetricKeyDetails).toMatchObject({
    modulusLength: 2048,
    publicExponent: 65537n,
  });
  for (const pem of [created.leaf.certificate, created.authority.certificate]) {
    const { signatureOid, serialNumber } = forge.pki.certificateFromPem(pem);
    expect(signatureOid).toBe(forge.pki.oids["sha256WithRSAEncryption"]);
    expect(serialNumber).toMatch(/^00[89a-f][0-9a-f]{31}$/);
  }
  const again = await createCertificates(request);
  expect(new X509Certificate(again.leaf.certificate).serialNumber).not.toBe(leaf.serialNumber);
});

test("the validity starts in the recent past and is no longer than was asked for", () => {
  const validFromMs = leaf.validFromDate.getTime();
  const validToMs = leaf.validToDate.getTime();
  expect(now.getTime() - validFromMs).toBeGreaterThan(0);
  expect(now.getTime() - validFromMs).toBeLessThanOrEqual(60 * 60_000);
  expect(validToMs - validFromMs).toBeLessThanOrEqual(90 * dayMs);
  expect(validToMs - now.getTime()).toBeGreaterThan(89 * dayMs);
});

test.each([
  ["no name", { hostNames: [], ipAddresses: [] }, "no name at all"],
  ["a wildcard", { hostNames: ["*.hyper-mission.test"] }, '"*.hyper-mission.test"'],
  ["an address that is none", { ipAddresses: ["127.0.0.256"] }, '"127.0.0.256"'],
  ["a life beyond 90 days", { validityDays: 91 }, "91 days"],
  ["no life", { validityDays: 0 }, "0 days"],
])("a request with %s is refused", async (_, change, seen) => {
  const creation = createCertificates({ ...request, ...change });

  await expect(creation).rejects.toThrow(CertificateRequestError);
  await expect(creation).rejects.toThrow(seen);
});
