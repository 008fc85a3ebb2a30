/**
 * A throw-away certificate authority and one server certificate signed by it.
 *
 * node-forge writes the certificates and can do so for RSA only, which meets TLSRef "intermediate"
 * (https://data.tlsref.org/guidelines/6.0.json). The keys come from Node's own generator, because
 * forge's takes seconds.
 */

import { generateKeyPair, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { promisify } from "node:util";
import forge from "node-forge";

export interface CertificateRequest {
  /** DNS names that the leaf is valid for; the first one is also its common name. */
  readonly hostNames: readonly string[];
  /** IPv4 and IPv6 addresses that the leaf is valid for. */
  readonly ipAddresses: readonly string[];
  /** Life of both certificates in whole days, 1 to 90. */
  readonly validityDays: number;
  readonly now: Date;
}

interface CertificateWithKey {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8, not encrypted. */
  readonly key: string;
}

export interface Certificates {
  readonly authority: CertificateWithKey;
  readonly leaf: CertificateWithKey;
  /** PEM: a renewal of the leaf, for the same names and the same key. */
  readonly renewal: string;
  /** What the server sends, PEM: the leaf and every intermediate (here none), never the root. */
  readonly chain: string;
}

/** A certificate was asked for that no client of this system would accept. */
export class CertificateRequestError extends Error {
  readonly code = "CERTIFICATE_REQUEST";
}

interface KeyPair {
  readonly publicKey: forge.pki.rsa.PublicKey;
  readonly privateKey: forge.pki.rsa.PrivateKey;
  readonly pem: string;
}

/** TLSRef 6.0 "intermediate", `rsa_key_size`. */
const rsaBits = 2048;
/** TLSRef 6.0, `recommended_certificate_lifespan`. */
const validityDaysMax = 90;
/** A client whose clock is behind ours must not find the certificate not yet valid. */
const clockSkewMs = 10 * 60_000;
const dayMs = 24 * 60 * 60_000;

const generateRsa = promisify(generateKeyPair);

async function createKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateRsa("rsa", {
    modulusLength: rsaBits,
    publicExponent: 0x10001,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    pem: privateKey,
  };
}

/**
 * 128 bits, all but the highest random. That one is set, because DER wants the shortest form: only
 * before a set bit is the zero octet allowed that keeps the number positive (RFC 5280, 4.1.2.2).
 */
function createSerialNumber(): string {
  const octets = randomBytes(16);
  octets.writeUInt8(octets.readUInt8(0) | 0x80, 0);
  return `00${octets.toString("hex")}`;
}

function requireAcceptable(request: CertificateRequest): void {
  const { hostNames, ipAddresses, validityDays } = request;
  const reject = (seen: string, allowed: string): never => {
    throw new CertificateRequestError(
      `create certificates: saw ${seen}, allowed ${allowed}; correct the request`,
    );
  };
  if (hostNames.length + ipAddresses.length === 0) reject("no name at all", "one or more");
  for (const name of hostNames) {
    if (
      !/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name)
    ) {
      reject(`the host name "${name}"`, "lower-case DNS names without a wildcard");
    }
  }
  for (const address of ipAddresses) {
    if (isIP(address) === 0) reject(`the address "${address}"`, "IPv4 and IPv6 addresses");
  }
  if (!Number.isInteger(validityDays) || validityDays < 1 || validityDays > validityDaysMax) {
    reject(`a validity of ${validityDays} days`, `1 to ${validityDaysMax} whole days`);
  }
}

function createUnsigned(
  subject: string,
  keys: KeyPair,
  request: CertificateRequest,
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = createSerialNumber();
  // Both ends of the validity are part of it (RFC 5280, 4.1.2.5), hence one second less.
  const notBefore = new Date(request.now.getTime() - clockSkewMs);
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = new Date(
    notBefore.getTime() + request.validityDays * dayMs - 1_000,
  );
  certificate.setSubject([{ name: "commonName", value: subject }]);
  return certificate;
}

function signAuthority(keys: KeyPair, request: CertificateRequest): forge.pki.Certificate {
  const certificate = createUnsigned("Hyper-Mission throw-away authority", keys, request);
  certificate.setIssuer(certificate.subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", critical: true, cA: true, pathLenConstraint: 0 },
    { name: "keyUsage", critical: true, keyCertSign: true },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  return certificate;
}

function signLeaf(
  authority: forge.pki.Certificate,
  authorityKeys: KeyPair,
  keys: KeyPair,
  request: CertificateRequest,
): forge.pki.Certificate {
  const [subject = "Hyper-Mission gateway"] = [...request.hostNames, ...request.ipAddresses];
  const certificate = createUnsigned(subject, keys, request);
  certificate.setIssuer(authority.subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", critical: true, cA: false },
    // Every suite on offer has an ephemeral key exchange, so the key signs and never enciphers.
    { name: "keyUsage", critical: true, digitalSignature: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "subjectAltName",
      altNames: [
        ...request.hostNames.map((value) => ({ type: 2, value })),
        ...request.ipAddresses.map((ip) => ({ type: 7, ip })),
      ],
    },
    { name: "subjectKeyIdentifier" },
    {
      name: "authorityKeyIdentifier",
      keyIdentifier: authority.generateSubjectKeyIdentifier().getBytes(),
    },
  ]);
  certificate.sign(authorityKeys.privateKey, forge.md.sha256.create());
  return certificate;
}

/**
 * Creates a new authority and a server certificate signed by it, RSA-2048 with SHA-256.
 *
 * Writes nothing to disk: who asks must drop the authority's key once the leaf is signed.
 *
 * @throws CertificateRequestError when a name, an address or the validity is not acceptable
 */
export async function createCertificates(request: CertificateRequest): Promise<Certificates> {
  requireAcceptable(request);
  const [authorityKeys, leafKeys] = await Promise.all([createKeyPair(), createKeyPair()]);
  const authority = signAuthority(authorityKeys, request);
  const signed = () =>
    forge.pki.certificateToPem(signLeaf(authority, authorityKeys, leafKeys, request));
  const leafPem = signed();
  return {
    authority: { certificate: forge.pki.certificateToPem(authority), key: authorityKeys.pem },
    leaf: { certificate: leafPem, key: leafKeys.pem },
    renewal: signed(),
    chain: leafPem,
  };
}
