import { describe, expect, test } from "vitest";
import { transport } from "./hand-made.ts";
import type { JudgedRecord, Subject } from "./records.ts";
import { flawsByTlsref, intermediate, sslLabsGrade } from "./tls-grades.ts";
import { tlsSeenIn } from "./tls-seen.ts";
import type { TlsSeen } from "./tls-seen.ts";

const right: TlsSeen = {
  versions: ["TLS 1.2", "TLS 1.3"],
  suitesTls12: [
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-RSA-CHACHA20-POLY1305",
  ],
  suitesTls13: [...intermediate.suitesTls13],
  groups: ["x25519", "secp256r1", "secp384r1"],
  weakSuites: [],
  isChosenByClient: true,
  refusesFallback: true,
  renegotiatesSecurely: true,
  key: { kind: "rsa", name: "2048", bits: 2_048 },
  signature: "sha256WithRSAEncryption",
  validityDays: 90,
  isVerified: true,
  strictTransportSeconds: 63_072_000,
};

test("the right server meets TLSRef intermediate, and has 93 points and A+", () => {
  expect(flawsByTlsref(right)).toEqual([]);
  expect(sslLabsGrade(right)).toEqual({ score: 93, letter: "A+", because: [] });
});

test.each<[string, Partial<TlsSeen>, string]>([
  ["TLS 1.1", { versions: ["TLS 1.1", ...right.versions] }, "version TLS 1.1 beyond it"],
  ["no TLS 1.3", { versions: ["TLS 1.2"] }, "version TLS 1.3 is missing"],
  ["a suite too many", { suitesTls12: ["AES128-SHA"] }, "suite AES128-SHA beyond it"],
  ["a group too many", { groups: ["secp521r1"] }, "group secp521r1 beyond it"],
  ["weak suites", { weakSuites: ["3DES"] }, 'suites of the kind "3DES"'],
  ["a server that chooses", { isChosenByClient: false }, "the server chooses among the suites"],
  ["a short key", { key: { kind: "rsa", name: "1024", bits: 1_024 } }, "key rsa 1024"],
  [
    "a curve of its own",
    { key: { kind: "ec", name: "secp256k1", bits: 3_072 } },
    "key ec secp256k1",
  ],
  ["SHA-1", { signature: "sha1WithRSAEncryption" }, "signature sha1WithRSAEncryption beyond it"],
  ["a long life", { validityDays: 398 }, "398 days of validity"],
  ["short HSTS", { strictTransportSeconds: 31_536_000 }, "HSTS for 31536000 s"],
  ["no HSTS", { strictTransportSeconds: null }, "HSTS for 0 s"],
])("%s misses the profile", (_, changes, flaw) => {
  expect(flawsByTlsref({ ...right, ...changes })).toEqual([flaw]);
});

test.each<[string, Partial<TlsSeen>, number, string, string]>([
  ["a key of 4096 bits", { key: { kind: "rsa", name: "4096", bits: 4_096 } }, 93, "A+", ""],
  ["a key of 1024 bits", { key: { kind: "rsa", name: "1024", bits: 1_024 } }, 90, "A+", ""],
  [
    "strong suites alone",
    { suitesTls12: [], suitesTls13: ["TLS_AES_256_GCM_SHA384"] },
    97,
    "A+",
    "",
  ],
  ["no TLS 1.3", { versions: ["TLS 1.2"] }, 93, "A-", "no TLS 1.3"],
  ["short HSTS", { strictTransportSeconds: 1 }, 93, "A-", "HSTS missing or short"],
  ["no fallback signal", { refusesFallback: false }, 93, "A-", "no protection from fallback"],
  ["old renegotiation", { renegotiatesSecurely: false }, 93, "A-", "no secure renegotiation"],
  ["TLS 1.0", { versions: ["TLS 1.0", ...right.versions] }, 92, "B", "TLS 1.0 or 1.1"],
  ["SSL 3", { versions: ["SSL 3", ...right.versions] }, 90, "C", "SSL 3"],
  ["TLS 1.0 alone", { versions: ["TLS 1.0"] }, 90, "C", "neither TLS 1.2 nor 1.3, TLS 1.0 or 1.1"],
  ["RC4", { weakSuites: ["RC4"] }, 93, "B", "RC4"],
  ["static RSA", { weakSuites: ["RSA without forward secrecy"] }, 93, "B", "no forward secrecy"],
  ["NULL", { weakSuites: ["NULL"] }, 93, "F", "insecure suites"],
  ["SSL 2", { versions: ["SSL 2", ...right.versions] }, 78, "F", "SSL 2"],
  ["no trust", { isVerified: false }, 93, "T", "the certificate is not trusted"],
])("SSL Labs on %s", (_, changes, score, letter, because) => {
  expect(sslLabsGrade({ ...right, ...changes })).toEqual({
    score,
    letter,
    because: because === "" ? [] : because.split(/, (?=TLS)/),
  });
});

const alert = "alert 40";
const facts: Readonly<Record<string, Subject["facts"]>> = {
  versions: {
    "SSL 2": alert,
    "SSL 3": alert,
    "TLS 1.0": "alert 70",
    "TLS 1.1": "alert 70",
    "TLS 1.2": "TLS 1.2 with ECDHE-RSA-AES128-GCM-SHA256",
    "TLS 1.3": "TLS 1.3 with TLS_AES_128_GCM_SHA256",
    "a version after TLS 1.3": "alert 70",
  },
  refusals: { "TLS 1.2 as a fallback": "alert 86" },
  options: { "secure renegotiation agreed": "true" },
  "weak suites": { RC4: alert, "pre-shared keys": "closed" },
  "accepted suites": {
    "suites of TLS 1.2": right.suitesTls12.join(", "),
    "suites of TLS 1.3": right.suitesTls13.join(", "),
    "who chooses among them": "the client",
  },
  "groups of TLS 1.3": {
    x25519: "accepted",
    secp256r1: "accepted",
    secp384r1: "accepted",
    secp521r1: alert,
  },
  leaf: {
    key: "rsa 2048, exponent 65537",
    signature: "sha256WithRSAEncryption",
    "days of validity": "90",
  },
  client: { "verified in TLS 1.3": "verified" },
};

function recordsOf(changes: typeof facts = {}): readonly JudgedRecord[] {
  const subjects = Object.entries({ ...facts, ...changes }).map(([group, read]) => ({
    name: group,
    group,
    facts: read,
  }));
  return [
    { kind: "facts", seen: { subjects } },
    { kind: "transport", seen: transport({ handshakes: [] }) },
  ];
}

describe("what is on record", () => {
  test("is brought together from several claims", () => {
    expect(tlsSeenIn(recordsOf())).toEqual(right);
  });

  test.each<[string, typeof facts, unknown]>([
    ["a weak suite", { "weak suites": { RC4: "TLS 1.2 with RC4-SHA" } }, { weakSuites: ["RC4"] }],
    [
      "an old version",
      { versions: { ...facts["versions"], "SSL 3": "SSL 3 with AES128-SHA" } },
      { versions: ["SSL 3", "TLS 1.2", "TLS 1.3"] },
    ],
    [
      "a curve",
      { leaf: { ...facts["leaf"], key: "ec secp384r1" } },
      { key: { kind: "ec", name: "secp384r1", bits: 7_680 } },
    ],
  ])("tells of %s", (_, changes, seen) => {
    expect(tlsSeenIn(recordsOf(changes))).toMatchObject(seen as object);
  });

  test("tells what is missing, and makes no grade of the rest", () => {
    expect(tlsSeenIn([])).toContain("not on record: SSL 2, SSL 3, TLS 1.0");
    expect(tlsSeenIn(recordsOf({ refusals: {} }))).toBe("not on record: TLS 1.2 as a fallback");
    expect(tlsSeenIn(recordsOf({ leaf: { ...facts["leaf"], key: "dsa" } }))).toBe(
      'the key "dsa" cannot be read',
    );
  });
});
