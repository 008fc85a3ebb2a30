import { describe, expect, test } from "vitest";
import { rightAnswers, rightPage } from "./hand-made.ts";
import { observatoryOf } from "./observatory-scan.ts";
import { observatoryScore } from "./observatory.ts";
import type { ScannedSite } from "./observatory.ts";
import { slo } from "./slo.ts";

const hostName = "hyper-mission.test";
const right: ScannedSite = {
  hostName,
  headers: Object.entries(slo.securityHeaders.expected.html.headers),
  page: rightPage,
  route: [`http://${hostName}/`, `https://${hostName}/`],
  otherOrigin: [],
};
const policy = slo.securityHeaders.expected.html.headers["content-security-policy"] ?? "";

function withHeader(name: string, ...values: readonly string[]): ScannedSite {
  const others = right.headers.filter(([header]) => header !== name);
  return { ...right, headers: [...others, ...values.map((value) => [name, value] as const)] };
}
const withPolicy = (from: string, to: string) =>
  withHeader("content-security-policy", policy.replace(from, to));
const withCookie = (value: string) => withHeader("set-cookie", value);
const sharedWith = (origin: string): ScannedSite => ({
  ...right,
  otherOrigin: [
    ["access-control-allow-origin", origin],
    ["access-control-allow-credentials", "true"],
  ],
});
const withScript = (tag: string): ScannedSite => ({ ...right, page: `<html>${tag}</html>` });
const along = (...route: readonly string[]): ScannedSite => ({ ...right, route });

function scoreOf(site: ScannedSite): [number, string] {
  const { score, grade } = observatoryScore(site, 6);
  return [score, grade];
}

test("the right site has 155 of algorithm 6 and 135 of algorithm 5", () => {
  expect(scoreOf(right)).toEqual([155, "A+"]);
  expect(observatoryScore(right, 6).results).toHaveLength(12);
  expect(observatoryScore(right, 5)).toMatchObject({ score: 135, grade: "A+" });
  expect(observatoryScore(right, 5).results).toHaveLength(10);
});

test("the answers on record are scored, and without a part of them nothing is", () => {
  const answers = rightAnswers(slo.securityHeaders);

  expect(observatoryOf(answers)).toMatchObject([
    { algorithm: 6, score: 155 },
    { algorithm: 5, score: 135 },
  ]);
  for (const missing of ["html", "redirect", "api for another origin"]) {
    const others = answers.filter(({ answerClass }) => answerClass !== missing);
    expect(observatoryOf(others), missing).toEqual([]);
  }
});

/** The reason why the score is no gate: the scanner gives all of these its best grade. */
describe("a broken site that the scanner calls A+", () => {
  test.each([
    ["HSTS that ends at once", withHeader("strict-transport-security", "max-age=0"), 145],
    ["HSTS in words", withHeader("strict-transport-security", "max-age=one year"), 155],
    ["no nosniff", withHeader("x-content-type-options"), 150],
    ["framing by everybody", withPolicy("frame-ancestors 'none'", "frame-ancestors *"), 155],
    [
      "no base-uri and no form-action",
      withPolicy("base-uri 'none'; form-action 'self'; ", ""),
      155,
    ],
    ["'unsafe-eval'", withPolicy("script-src 'self'", "script-src 'self' 'unsafe-eval'"), 135],
    ["pictures without TLS", withPolicy("img-src 'self'", "img-src http:"), 135],
    ["a referrer for everybody", withHeader("referrer-policy", "unsafe-url"), 145],
    [
      "a redirect to plain HTTP first",
      along(`http://${hostName}/`, `http://${hostName}/x`, `https://${hostName}/`),
      145,
    ],
    [
      "a redirect to another host",
      along(`http://${hostName}/`, "https://www.hyper-mission.test/", `https://${hostName}/`),
      150,
    ],
    ["a cookie without Secure", withCookie("theme=dark"), 150],
    [
      "a blank page, because the script is not the one that it is bound to",
      { ...right, page: rightPage.replace("sha384-AbCd", "sha384-none") },
      155,
    ],
  ])("%s", (_, site, score) => {
    expect(scoreOf(site)).toEqual([score, "A+"]);
  });
});

/** Variants with the score and the letter that the scanner gives them. */
const scored: readonly (readonly [string, ScannedSite, number, string])[] = [
  ["no HSTS", withHeader("strict-transport-security"), 80, "B+"],
  [
    "HSTS twice",
    withHeader("strict-transport-security", "max-age=63072000", "max-age=1"),
    80,
    "B+",
  ],
  ["HSTS without a time", withHeader("strict-transport-security", "includeSubDomains"), 80, "B+"],
  ["no policy", withHeader("content-security-policy"), 75, "B"],
  ["a directive twice", withPolicy("img-src 'self'", "img-src 'self'; img-src 'self'"), 75, "B"],
  [
    "'strict-dynamic' alone",
    withPolicy("script-src 'self'", "script-src 'strict-dynamic'"),
    75,
    "B",
  ],
  ["inline scripts", withPolicy("script-src 'self'", "script-src 'unsafe-inline'"), 80, "B+"],
  ["any script", withPolicy("script-src 'self'", "script-src https:"), 80, "B+"],
  ["fonts without TLS", withPolicy("font-src 'self'", "font-src http:"), 80, "B+"],
  [
    "inline scripts that a nonce rules out",
    withPolicy("script-src 'self'", "script-src 'nonce-a' 'unsafe-inline'"),
    155,
    "A+",
  ],
  ["inline styles", withPolicy("style-src 'self'", "style-src 'self' 'unsafe-inline'"), 145, "A+"],
  ["default-src 'self'", withPolicy("default-src 'none'", "default-src 'self'"), 150, "A+"],
  ["no integrity", withScript('<script src="/a.js"></script>'), 150, "A+"],
  ["no script", withScript(""), 150, "A+"],
  ["a foreign script", withScript('<script src="https://cdn.test/a.js"></script>'), 150 - 5, "A+"],
  [
    "a foreign script, bound",
    withScript('<script src="https://cdn.test/a.js" integrity="sha384-a"></script>'),
    155,
    "A+",
  ],
  [
    "a foreign script without TLS",
    withScript('<script src="http://cdn.test/a.js"></script>'),
    50,
    "C",
  ],
  [
    "one without TLS, bound",
    withScript('<script src="http://cdn.test/a.js" integrity="sha384-a"></script>'),
    80,
    "B+",
  ],
  ["no redirect", along(`http://${hostName}/`), 80, "B+"],
  [
    "a redirect that stays without TLS",
    along(`http://${hostName}/`, `http://${hostName}/x`),
    80,
    "B+",
  ],
  ["an unknown referrer policy", withHeader("referrer-policy", "nobody"), 145, "A+"],
  ["no referrer policy", withHeader("referrer-policy"), 150, "A+"],
  ["protected cookies", withCookie("a=1; Secure; HttpOnly; SameSite=Lax"), 160, "A+"],
  ["cookies without SameSite", withCookie("a=1; Secure; HttpOnly"), 155, "A+"],
  ["a session within reach of scripts", withCookie("session=1; Secure; SameSite=Lax"), 70, "B"],
  ["a session without Secure", withCookie("login=1; HttpOnly"), 145, "A+"],
  ["a token without SameSite", withCookie("csrf=1; Secure"), 80, "B+"],
  ["SameSite of an unknown word", withCookie("a=1; Secure; SameSite=Loose"), 80, "B+"],
  ["any origin with credentials", sharedWith("https://foreign.example"), 50, "C"],
  ["public", sharedWith("*"), 155, "A+"],
  ["no CORP", withHeader("cross-origin-resource-policy"), 145, "A+"],
  [
    "CORP twice",
    withHeader("cross-origin-resource-policy", "same-origin", "same-origin"),
    140,
    "A+",
  ],
  ["no COEP", withHeader("cross-origin-embedder-policy"), 145, "A+"],
  ["COEP of an unknown word", withHeader("cross-origin-embedder-policy", "all"), 140, "A+"],
  ["COOP unsafe-none", withHeader("cross-origin-opener-policy", "unsafe-none"), 145, "A+"],
];

test.each(scored)("the scanner on %s", (_, site, score, grade) => {
  expect(scoreOf(site)).toEqual([score, grade]);
});

test("framing is missed only where both headers are missing", () => {
  const unframed = withPolicy("frame-ancestors 'none'; ", "");
  const headers = unframed.headers.filter(([name]) => name !== "x-frame-options");

  expect(scoreOf(unframed)).toEqual([155, "A+"]);
  expect(scoreOf({ ...unframed, headers })).toEqual([80, "B+"]);
});

test("a server that adds its own copies loses more than one that sends none", () => {
  const copies = [
    "strict-transport-security",
    "x-content-type-options",
    "cross-origin-resource-policy",
    "cross-origin-opener-policy",
  ];
  const doubled = right.headers.flatMap(([name, value]) =>
    copies.includes(name)
      ? [[name, value] as const, [name, value] as const]
      : [[name, value] as const],
  );

  expect(scoreOf({ ...right, headers: doubled })).toEqual([65, "B-"]);
});

test("a site without anything fails", () => {
  const bare: ScannedSite = { ...right, headers: [], page: "", route: [`http://${hostName}/`] };

  expect(observatoryScore(bare, 6)).toMatchObject({ score: 10, grade: "F" });
});
