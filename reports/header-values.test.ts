import { expect, test } from "vitest";
import {
  flawsOfContentPolicy,
  flawsOfCookie,
  flawsOfPermissionsPolicy,
  readStrictTransport,
} from "./header-values.ts";
import { slo } from "./slo.ts";

test("what is promised stands up to a strict reading", () => {
  for (const { headers } of Object.values(slo.securityHeaders.expected)) {
    expect(flawsOfContentPolicy(headers["content-security-policy"] ?? "")).toEqual([]);
    expect(flawsOfPermissionsPolicy(headers["permissions-policy"] ?? "")).toEqual([]);
  }
  const promised = slo.securityHeaders.expected.html.headers["strict-transport-security"] ?? "";
  expect(readStrictTransport(promised)).toEqual({
    maxAgeSeconds: 63_072_000,
    includesSubDomains: true,
    preload: false,
    flaws: [],
  });
});

test.each([
  ["max-age=31536000", 31_536_000],
  ['MAX-AGE="60"; includeSubDomains', 60],
  ["includeSubDomains; max-age = 60; preload", 60],
])("%s is read", (value, maxAgeSeconds) => {
  expect(readStrictTransport(value)).toMatchObject({ maxAgeSeconds, flaws: [] });
});

test.each([
  ["", '"" is no directive'],
  ["includeSubDomains", 'max-age is "missing"'],
  ["max-age=one year", 'max-age is "one year", allowed are digits'],
  ["max-age=-1", 'max-age is "-1"'],
  ["max-age=1; max-age=2", "max-age stands twice"],
  ["max-age=1; includeSubDomain", "includesubdomain is not known"],
  ["max-age=1; includeSubDomains=true", "includesubdomains takes no value"],
  ["max-age=1, max-age=1", 'max-age is "1, max-age=1"'],
  ["max-age=1;", '"" is no directive'],
])("HSTS %s has a flaw", (value, flaw) => {
  expect(readStrictTransport(value).flaws).toContainEqual(expect.stringContaining(flaw));
});

const strict = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

test.each([
  [`${strict}; script-src 'self' 'nonce-AbC=' 'strict-dynamic'`],
  [`${strict}; script-src 'sha256-AbC=' https://cdn.hyper-mission.test/x/`],
  [`${strict}; upgrade-insecure-requests;`],
])("%s is strict", (value) => {
  expect(flawsOfContentPolicy(value)).toEqual([]);
});

test.each([
  ["script-src 'self'", "default-src is missing"],
  ["default-src 'none'; frame-ancestors 'none'; form-action 'none'", "base-uri is missing"],
  [`${strict}; default-src *`, "default-src stands twice"],
  [`${strict}; script-src 'unsafe-inline'`, "script-src lets in 'unsafe-inline'"],
  [`${strict}; script-src 'unsafe-eval'`, "script-src lets in 'unsafe-eval'"],
  [`${strict}; script-src self`, "script-src lets in self"],
  [`${strict}; script-src https:`, "script-src lets in https:"],
  [`${strict}; script-src https://*.hyper-mission.test`, "script-src lets in https://*."],
  [`${strict}; img-src data:`, "img-src lets in data:"],
  [`${strict}; img-src http://hyper-mission.test`, "img-src lets in http:"],
  [`${strict}; img-src`, "img-src names no source"],
  [`${strict}; img-src 'none' 'self'`, "img-src has 'none' beside others"],
  [`${strict}; scripts-src 'self'`, "scripts-src is not known"],
  [`${strict}; require-trusted-types-for script`, 'require-trusted-types-for is "script"'],
  [`${strict}; upgrade-insecure-requests 1`, 'upgrade-insecure-requests is "1"'],
])("the policy %s has a flaw", (value, flaw) => {
  expect(flawsOfContentPolicy(value)).toContainEqual(expect.stringContaining(flaw));
});

test.each([
  ["camera", '"camera" is no feature with a list'],
  ["camera=(); microphone=()", "camera is allowed for (); microphone=()"],
  ["Camera=()", '"Camera=()" is no feature'],
  ["camera=*", "camera is allowed for *"],
  ["camera=(self)", "camera is allowed for (self)"],
  ["camera 'none'", "is no feature with a list"],
  ["camera=(), camera=()", "camera stands twice"],
])("the permissions %s have a flaw", (value, flaw) => {
  expect(flawsOfPermissionsPolicy(value)).toContainEqual(expect.stringContaining(flaw));
});

test("a cookie that only this host gets, over TLS, out of reach of scripts, has no flaw", () => {
  expect(flawsOfCookie("__Host-s=a=b; Path=/; Secure; HttpOnly; SameSite=Strict")).toEqual([]);
});

test.each([
  ["s=1; Path=/; Secure; HttpOnly; SameSite=Lax", "s: its name does not begin with __Host-"],
  ["__Host-s=1; Path=/; HttpOnly; SameSite=Lax", "__Host-s: it is not Secure"],
  ["__Host-s=1; Path=/; Secure; SameSite=Lax", "__Host-s: it is not HttpOnly"],
  ["__Host-s=1; Path=/; Secure; HttpOnly", '__Host-s: SameSite is "missing"'],
  ["__Host-s=1; Path=/; Secure; HttpOnly; SameSite=None", '__Host-s: SameSite is "none"'],
  ["__Host-s=1; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=a.test", "__Host-s: it is sent to"],
  ["__Host-s=1; Path=/a; Secure; HttpOnly; SameSite=Lax", "__Host-s: its Path is not /"],
])("the cookie %s has a flaw", (value, flaw) => {
  expect(flawsOfCookie(value)).toEqual([expect.stringContaining(flaw)]);
});
