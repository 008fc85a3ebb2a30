/**
 * What others would say of our TLS: whether it meets a TLSRef profile, and the letter of SSL Labs.
 *
 * Both are reported and decide nothing; the claims about TLS do.
 */

import type { TlsSeen } from "./tls-seen.ts";

/** TLSRef, guideline 6.0 of 2026-04-06: https://data.tlsref.org/guidelines/6.0.json */
export const intermediate = {
  guideline: "6.0",
  name: "intermediate",
  versions: ["TLS 1.2", "TLS 1.3"],
  suitesTls13: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
  suitesTls12: [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
  ],
  groups: ["X25519MLKEM768", "x25519", "secp256r1", "secp384r1"],
  certificateCurves: ["prime256v1", "secp384r1"],
  signatures: [
    "sha256WithRSAEncryption",
    "ecdsa-with-SHA256",
    "ecdsa-with-SHA384",
    "ecdsa-with-SHA512",
  ],
  rsaKeyBits: 2_048,
  validityDaysMax: 366,
  strictTransportSecondsMin: 63_072_000,
} as const;

/** Besides stapling: no authority of our own answers for revocations, so there is none to staple. */
export const notApplicable = "ocsp_staple: the authority is a private one";

function surplus(what: string, seen: readonly string[], allowed: readonly string[]) {
  return seen.filter((name) => !allowed.includes(name)).map((name) => `${what} ${name} beyond it`);
}

/** Where the profile "intermediate" is missed; none where it is met. */
export function flawsByTlsref(seen: TlsSeen): readonly string[] {
  const { key, strictTransportSeconds: seconds } = seen;
  const weakKey =
    key.kind === "rsa"
      ? key.bits < intermediate.rsaKeyBits
      : !intermediate.certificateCurves.some((name) => name === key.name);
  return [
    ...surplus("version", seen.versions, intermediate.versions),
    ...intermediate.versions
      .filter((name) => !seen.versions.includes(name))
      .map((name) => `version ${name} is missing`),
    ...surplus("suite", seen.suitesTls12, intermediate.suitesTls12),
    ...surplus("suite", seen.suitesTls13, intermediate.suitesTls13),
    ...surplus("group", seen.groups, intermediate.groups),
    ...seen.weakSuites.map((name) => `suites of the kind "${name}"`),
    ...(seen.isChosenByClient ? [] : ["the server chooses among the suites"]),
    ...(weakKey ? [`key ${key.kind} ${key.name}`] : []),
    ...surplus("signature", [seen.signature], intermediate.signatures),
    ...(seen.validityDays > intermediate.validityDaysMax
      ? [`${seen.validityDays} days of validity`]
      : []),
    ...(seconds !== null && seconds >= intermediate.strictTransportSecondsMin
      ? []
      : [`HSTS for ${seconds ?? 0} s`]),
  ];
}

const protocolPoints: Readonly<Record<string, number>> = {
  "SSL 2": 0,
  "SSL 3": 80,
  "TLS 1.0": 90,
  "TLS 1.1": 95,
  "TLS 1.2": 100,
  "TLS 1.3": 100,
};

function mean(points: readonly number[]): number {
  return points.length === 0 ? 0 : (Math.min(...points) + Math.max(...points)) / 2;
}

function keyPoints(bits: number): number {
  const steps = [
    [4_096, 100],
    [2_048, 90],
    [1_024, 80],
    [512, 40],
  ] as const;
  return steps.find(([from]) => bits >= from)?.[1] ?? 20;
}

function suitePoints(suite: string): number {
  return /AES_?256|CHACHA20/.test(suite) ? 100 : 80;
}

/** What the groups of the profile are worth as a key: X25519 and P-256 are as hard as this. */
const groupBits = 3_072;
/** The rules: https://github.com/ssllabs/research/wiki/SSL-Server-Rating-Guide (2009q). */
const letters = [
  [80, "A"],
  [65, "B"],
  [50, "C"],
  [35, "D"],
  [20, "E"],
] as const;
const insecureFamilies = ["EXPORT", "NULL", "anonymous", "DES, IDEA and SEED"];
const strictTransportSecondsMin = 15_552_000;

export interface SslLabsGrade {
  readonly score: number;
  readonly letter: string;
  /** Why the letter is not the one of the score alone. */
  readonly because: readonly string[];
}

/** The letter that it cannot exceed, with the reason; the worst first. */
function capsOf(seen: TlsSeen): readonly (readonly [string, string])[] {
  const has = (version: string) => seen.versions.includes(version);
  const caps: readonly (readonly [boolean, string, string])[] = [
    [!seen.isVerified, "T", "the certificate is not trusted"],
    [has("SSL 2"), "F", "SSL 2"],
    [seen.weakSuites.some((name) => insecureFamilies.includes(name)), "F", "insecure suites"],
    [!has("TLS 1.2") && !has("TLS 1.3"), "C", "neither TLS 1.2 nor 1.3"],
    [has("SSL 3"), "C", "SSL 3"],
    [has("TLS 1.0") || has("TLS 1.1"), "B", "TLS 1.0 or 1.1"],
    [seen.weakSuites.includes("RC4"), "B", "RC4"],
    [seen.weakSuites.includes("RSA without forward secrecy"), "B", "no forward secrecy"],
  ];
  return caps.flatMap(([holds, letter, why]) => (holds ? [[letter, why] as const] : []));
}

function warningsOf(seen: TlsSeen): readonly string[] {
  const warnings: readonly (readonly [boolean, string])[] = [
    [(seen.strictTransportSeconds ?? 0) < strictTransportSecondsMin, "HSTS missing or short"],
    [!seen.versions.includes("TLS 1.3"), "no TLS 1.3"],
    [!seen.refusesFallback, "no protection from fallback"],
    [!seen.renegotiatesSecurely, "no secure renegotiation"],
  ];
  return warnings.flatMap(([holds, why]) => (holds ? [why] : []));
}

/** The worse of two letters, T being the worst. */
function worse(one: string, other: string): string {
  const order = ["A+", "A", "A-", "B", "C", "D", "E", "F", "T"];
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

/** 30 % protocols, 30 % key exchange, 40 % strength of suites; then caps, then A+ or A-. */
export function sslLabsGrade(seen: TlsSeen): SslLabsGrade {
  const protocols = mean(seen.versions.map((name) => protocolPoints[name] ?? 0));
  const exchange = keyPoints(Math.min(seen.key.bits, groupBits));
  const suites = mean([...seen.suitesTls12, ...seen.suitesTls13].map(suitePoints));
  const score = Math.round(0.3 * protocols + 0.3 * exchange + 0.4 * suites);
  const byScore = letters.find(([from]) => score >= from)?.[1] ?? "F";
  const caps = capsOf(seen);
  const capped = caps.reduce((letter, [cap]) => worse(letter, cap), byScore as string);
  if (capped !== "A") return { score, letter: capped, because: caps.map(([, why]) => why) };
  const warnings = warningsOf(seen);
  return { score, letter: warnings.length === 0 ? "A+" : "A-", because: warnings };
}
