import type { JudgedRecord, Subject } from "./records.ts";
import { readStrictTransport } from "./header-values.ts";

/** What the probes saw of TLS, brought together from the records of several claims. */
export interface TlsSeen {
  readonly versions: readonly string[];
  readonly suitesTls12: readonly string[];
  readonly suitesTls13: readonly string[];
  readonly groups: readonly string[];
  readonly weakSuites: readonly string[];
  readonly isChosenByClient: boolean;
  readonly refusesFallback: boolean;
  readonly renegotiatesSecurely: boolean;
  readonly key: { readonly kind: "rsa" | "ec"; readonly name: string; readonly bits: number };
  readonly signature: string;
  readonly validityDays: number;
  readonly isVerified: boolean;
  readonly strictTransportSeconds: number | null;
}

/** Sizes of an RSA key that is about as hard to break (NIST SP 800-57 part 1, table 2). */
const rsaBitsOfCurve: Readonly<Record<string, number>> = {
  prime256v1: 3_072,
  secp384r1: 7_680,
  secp521r1: 15_360,
};

function keyOf(told: string): TlsSeen["key"] | null {
  const [, kind, name = ""] = /^(rsa|ec) ([\w-]+)/.exec(told) ?? [];
  if (kind === "rsa") return { kind, name, bits: Number(name) };
  return kind === "ec" ? { kind, name, bits: rsaBitsOfCurve[name] ?? 0 } : null;
}

function namesOf(told: string): readonly string[] {
  return told.split(", ").filter((name) => name !== "" && name !== "none");
}

/** Names of facts whose value says that the server agreed. */
function acceptedOf(facts: Subject["facts"]): readonly string[] {
  return Object.entries(facts)
    .filter(([, told]) => /^(?:accepted$|(?:SSL|TLS) [\d.]+ with )/.test(told))
    .map(([name]) => name);
}

function strictTransportOf(records: readonly JudgedRecord[]): number | null {
  const answers = records.flatMap((record) =>
    record.kind === "transport" ? record.seen.answers : [],
  );
  const page = answers.find(({ answerClass }) => answerClass === "html");
  const value = page?.headers.find(([name]) => name === "strict-transport-security")?.[1];
  return value === undefined ? null : readStrictTransport(value).maxAgeSeconds;
}

/** All of it, or in words what is not on record. */
export function tlsSeenIn(records: readonly JudgedRecord[]): TlsSeen | string {
  const subjects = records.flatMap((record) =>
    record.kind === "facts" ? record.seen.subjects : [],
  );
  const missing: string[] = [];
  const factsOf = (group: string) => subjects.find((subject) => subject.group === group)?.facts;
  const told = (group: string, fact: string): string => {
    const value = factsOf(group)?.[fact];
    if (value === undefined) missing.push(fact);
    return value ?? "";
  };
  const versions = factsOf("versions") ?? {};
  const names = ["SSL 2", "SSL 3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"];
  for (const name of names) told("versions", name);
  const key = keyOf(told("leaf", "key"));
  const groups = factsOf("groups of TLS 1.3") ?? {};
  const weak = factsOf("weak suites");
  if (weak === undefined) missing.push("weak suites");
  // A question that nobody answered is no refusal.
  if (weak?.["unanswered"] !== undefined) missing.push(weak["unanswered"]);
  const seen = {
    versions: acceptedOf(versions).filter((name) => names.includes(name)),
    suitesTls12: namesOf(told("accepted suites", "suites of TLS 1.2")),
    suitesTls13: namesOf(told("accepted suites", "suites of TLS 1.3")),
    groups: Object.keys(groups).filter((name) => groups[name] === "accepted"),
    weakSuites: acceptedOf(weak ?? {}),
    isChosenByClient: told("accepted suites", "who chooses among them") === "the client",
    refusesFallback: told("refusals", "TLS 1.2 as a fallback") === "alert 86",
    renegotiatesSecurely: told("options", "secure renegotiation agreed") === "true",
    signature: told("leaf", "signature"),
    validityDays: Number(told("leaf", "days of validity")),
    isVerified: told("client", "verified in TLS 1.3") === "verified",
    strictTransportSeconds: strictTransportOf(records),
  };
  if (missing.length > 0) return `not on record: ${missing.join(", ")}`;
  return key === null ? `the key "${told("leaf", "key")}" cannot be read` : { ...seen, key };
}
