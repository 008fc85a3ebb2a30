/**
 * The score that MDN's HTTP Observatory gives, by algorithms 5 (ten tests) and 6 (twelve).
 *
 * It is reported and decides nothing: the scanner looks at one page and forgives much. What it
 * forgives is forgiven here too, or the numbers would not be the scanner's. Two things are taken
 * for granted: the certificate verifies (the probes refuse any other), and no host is preloaded.
 *
 * Source: score table and tests of the HTTP Observatory, algorithm 6 of August 2026;
 * https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
 */

import { readContentPolicy, readCookie } from "./header-values.ts";
import type { ContentPolicy } from "./header-values.ts";

type HeaderLine = readonly [name: string, value: string];

/** What the scanner looks at. */
export interface ScannedSite {
  readonly hostName: string;
  /** Of the page over HTTPS; names in lower case. */
  readonly headers: readonly HeaderLine[];
  readonly page: string;
  /** Every address in its order, from the first over plain HTTP to the one that did not redirect. */
  readonly route: readonly string[];
  /** Headers of an answer to a request that named another origin. */
  readonly otherOrigin: readonly HeaderLine[];
}

export type Algorithm = 5 | 6;

interface Result {
  readonly test: string;
  readonly found: string;
  readonly modifier: number;
}

export interface ObservatoryScore {
  readonly algorithm: Algorithm;
  readonly score: number;
  readonly grade: string;
  readonly results: readonly Result[];
}

type Found = Omit<Result, "test">;
type Test = (site: ScannedSite) => Found;

const found = (words: string, modifier: number): Found => ({ found: words, modifier });

function worst(results: readonly Found[], otherwise: Found): Found {
  return results.toSorted((one, other) => one.modifier - other.modifier)[0] ?? otherwise;
}

/** As a client joins repeated lines; `null` where there is none. */
function joined(headers: readonly HeaderLine[], name: string): string | null {
  const values = headers.filter(([seen]) => seen === name).map(([, value]) => value.trim());
  return values.length === 0 ? null : values.join(", ");
}

const broad = [
  "ftp:",
  "http:",
  "https:",
  "*",
  "http://*",
  "http://*.*",
  "https://*",
  "https://*.*",
];
const inline = ["'unsafe-inline'", "data:"];
const anySource = ["*"];
const passive = ["img-src", "media-src"];

const isBroad = (source: string) => broad.includes(source);
const isBroadOrInline = (source: string) => isBroad(source) || inline.includes(source);
const isInsecure = (source: string) => /^(?:http|ftp):/.test(source);
const isBound = (source: string) => /^'(?:nonce|sha256|sha384|sha512)-/.test(source);

/** Where a source is bound to its content, browsers pass over the inline keyword. */
function sourcesOf(policy: ContentPolicy, directive: string): readonly string[] {
  const sources = policy.get(directive) ?? policy.get("default-src") ?? anySource;
  if (!sources.some(isBound)) return sources;
  const strict = directive === "script-src" && sources.includes("'strict-dynamic'");
  return sources.filter((source) => {
    if (source === "'unsafe-inline'") return false;
    return !strict || !(source === "'self'" || broad.some((each) => source.startsWith(each)));
  });
}

function contentSecurityPolicy({ headers }: ScannedSite): Found {
  const value = joined(headers, "content-security-policy");
  if (value === null || value === "") return found("missing or for reports only", -25);
  const policies = value.split(",").map(readContentPolicy);
  if (policies.some(({ repeated }) => repeated.length > 0)) return found("invalid", -25);
  const policy: ContentPolicy = new Map(policies.flatMap(({ directives }) => [...directives]));
  const [scripts, styles] = [sourcesOf(policy, "script-src"), sourcesOf(policy, "style-src")];
  if (scripts.includes("'strict-dynamic'") && !scripts.some(isBound)) return found("invalid", -25);
  if (scripts.some(isBroadOrInline) || sourcesOf(policy, "object-src").some(isBroad)) {
    return found("unsafe sources of scripts or objects", -20);
  }
  const active = [...policy]
    .filter(([name]) => !passive.includes(name) && name !== "script-src")
    .flatMap(([, sources]) => sources);
  if ([...active, ...scripts].some(isInsecure)) return found("sources without TLS", -20);
  if ([...scripts, ...styles].includes("'unsafe-eval'")) return found("'unsafe-eval'", -10);
  const seen = passive.flatMap((name) => policy.get(name) ?? policy.get("default-src") ?? []);
  if (seen.some(isInsecure)) return found("pictures or media without TLS", -10);
  if (styles.some(isBroadOrInline)) return found("unsafe sources of styles", 0);
  const byDefault = policy.get("default-src");
  return byDefault?.length === 1 && byDefault[0] === "'none'"
    ? found("nothing unsafe, default-src 'none'", 10)
    : found("nothing unsafe", 5);
}

/** The limit in seconds under which the scanner takes the time for too short. */
const maxAgeSecondsMin = 15_552_000;

function strictTransportSecurity({ headers }: ScannedSite): Found {
  const value = joined(headers, "strict-transport-security");
  if (value === null) return found("missing", -20);
  if (value.includes(",")) return found("invalid", -20);
  const maxAge = /max-age\s*=\s*([^;]*)/i.exec(value)?.[1];
  if (maxAge === undefined) return found("invalid", -20);
  // A time that is no number is not less than the limit, and passes; the scanner has it so.
  const seconds = Number.parseInt(maxAge.replaceAll('"', ""), 10);
  return seconds < maxAgeSecondsMin ? found("too short", -10) : found("long enough", 0);
}

function cookies(site: ScannedSite): Found {
  const isProtected = strictTransportSecurity(site).modifier === 0;
  const seen = site.headers
    .filter(([name]) => name === "set-cookie")
    .map(([, value]) => readCookie(value));
  if (seen.length === 0) return found("none", 0);
  const flaws = seen.flatMap(({ name, attributes }): readonly Found[] => {
    const isSession = /login|sess/i.test(name);
    const isSecure = attributes.has("secure");
    const sameSite = attributes.get("samesite")?.toLowerCase();
    const wrong = sameSite !== undefined && !["lax", "strict", "none"].includes(sameSite);
    return [
      ...(isSession && !isSecure ? [found("session without Secure", isProtected ? -10 : -40)] : []),
      ...(isSession && !attributes.has("httponly") ? [found("session without HttpOnly", -30)] : []),
      ...(wrong || (sameSite === "none" && !isSecure) ? [found("wrong SameSite", -20)] : []),
      ...(/csrf/i.test(name) && sameSite === undefined
        ? [found("token without SameSite", -20)]
        : []),
      ...(isSecure ? [] : [found("without Secure", isProtected ? -5 : -20)]),
    ];
  });
  const allSameSite = seen.every(({ attributes }) => attributes.has("samesite"));
  return worst(flaws, allSameSite ? found("all protected", 5) : found("without SameSite", 0));
}

function crossOriginSharing({ otherOrigin }: ScannedSite): Found {
  const allowed = joined(otherOrigin, "access-control-allow-origin");
  const withCredentials = joined(otherOrigin, "access-control-allow-credentials") === "true";
  if (allowed === null) return found("none", 0);
  return allowed !== "*" && withCredentials
    ? found("any origin with credentials", -50)
    : found("restricted or public", 0);
}

function redirection({ route }: ScannedSite): Found {
  const [first, second, ...rest] = route.flatMap((each) => URL.parse(each) ?? []);
  if (first === undefined || second === undefined) return found("missing", -20);
  const last = rest.at(-1) ?? second;
  if (last.protocol !== "https:") return found("not to HTTPS", -20);
  if (second.protocol === "http:") return found("not to HTTPS at first", -10);
  return first.hostname === second.hostname
    ? found("to HTTPS", 0)
    : found("to another host at first", -5);
}

const privateReferrers = [
  "no-referrer",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
];

function referrerPolicy({ headers }: ScannedSite): Found {
  const value = joined(headers, "referrer-policy");
  if (value === null) return found("missing", 0);
  // Browsers take the last policy that they know.
  const last = value.split(",").at(-1)?.trim().toLowerCase() ?? "";
  return privateReferrers.includes(last) ? found("private", 5) : found("unsafe or unknown", -5);
}

function subresourceIntegrity({ page, hostName }: ScannedSite): Found {
  const scripts = [...page.matchAll(/<script\b[^>]*>/gi)].map(([tag]) => ({
    source: /\bsrc\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1] ?? null,
    isBound: /\bintegrity\s*=\s*["']?[^"'\s>]/i.test(tag),
  }));
  const sourced = scripts.flatMap(({ source, isBound: bound }) =>
    source === null ? [] : [{ address: URL.parse(source, `https://${hostName}/`), bound }],
  );
  const foreign = sourced.filter(({ address }) => address?.hostname !== hostName);
  const flaws = foreign.flatMap(({ address, bound }): readonly Found[] => {
    const isEncrypted = address?.protocol === "https:";
    if (isEncrypted) return bound ? [] : [found("foreign scripts without integrity", -5)];
    return [found("foreign scripts without TLS", bound ? -20 : -50)];
  });
  const isBonus = foreign.length > 0 || sourced.some(({ bound }) => bound);
  return worst(flaws, isBonus ? found("integrity", 5) : found("not needed", 0));
}

function contentTypeOptions({ headers }: ScannedSite): Found {
  const value = joined(headers, "x-content-type-options")?.toLowerCase();
  return value === "nosniff" ? found("nosniff", 0) : found("missing or invalid", -5);
}

function frameOptions({ headers }: ScannedSite): Found {
  const policy = readContentPolicy(joined(headers, "content-security-policy") ?? "").directives;
  if (policy.has("frame-ancestors")) return found("by the content policy", 5);
  const value = joined(headers, "x-frame-options")?.toLowerCase() ?? "";
  return ["deny", "sameorigin"].includes(value) ? found(value, 5) : found("missing", -20);
}

/** A test of a header with one value: bonus for a known good one, nothing where it is missing. */
function ofOneValue(header: string, good: readonly string[], neutral: readonly string[]): Test {
  return ({ headers }) => {
    const value = joined(headers, header)?.toLowerCase() ?? null;
    if (value === null) return found("missing", 0);
    if (good.includes(value)) return found(value, 10);
    return neutral.includes(value) ? found(value, 0) : found("invalid", -5);
  };
}

const tests: Readonly<Record<string, Test>> = {
  "content security policy": contentSecurityPolicy,
  cookies,
  "cross-origin resource sharing": crossOriginSharing,
  redirection,
  "referrer policy": referrerPolicy,
  "strict transport security": strictTransportSecurity,
  "subresource integrity": subresourceIntegrity,
  "content type options": contentTypeOptions,
  "frame options": frameOptions,
  "cross-origin resource policy": ofOneValue(
    "cross-origin-resource-policy",
    ["same-origin", "same-site"],
    ["cross-origin"],
  ),
};
const testsOfAlgorithm6: Readonly<Record<string, Test>> = {
  ...tests,
  "cross-origin embedder policy": ofOneValue(
    "cross-origin-embedder-policy",
    ["require-corp", "credentialless"],
    ["unsafe-none"],
  ),
  "cross-origin opener policy": ofOneValue(
    "cross-origin-opener-policy",
    ["same-origin", "same-origin-allow-popups", "noopener-allow-popups"],
    ["unsafe-none"],
  ),
};

const creditFrom = 90;
const grades = [
  [100, "A+"],
  [90, "A"],
  [85, "A-"],
  [80, "B+"],
  [70, "B"],
  [65, "B-"],
  [60, "C+"],
  [50, "C"],
  [45, "C-"],
  [40, "D+"],
  [30, "D"],
  [25, "D-"],
] as const;

/** Every test of the algorithm, their sum, and the letter. */
export function observatoryScore(site: ScannedSite, algorithm: Algorithm): ObservatoryScore {
  const chosen = algorithm === 6 ? testsOfAlgorithm6 : tests;
  const results = Object.entries(chosen).map(([test, look]) => ({ test, ...look(site) }));
  const sum = (from: number, of: (modifier: number) => boolean) =>
    results.reduce((total, { modifier }) => total + (of(modifier) ? modifier : 0), from);
  const withPenalties = sum(100, (modifier) => modifier < 0);
  const total =
    withPenalties >= creditFrom ? sum(withPenalties, (modifier) => modifier > 0) : withPenalties;
  const score = Math.max(0, Math.floor(total / 5) * 5);
  const grade = grades.find(([from]) => score >= from)?.[1] ?? "F";
  return { algorithm, score, grade, results };
}
