import { expect, test } from "vitest";
import type { Subject } from "../records.ts";
import { slo } from "../slo.ts";
import { facts } from "./facts.ts";

const secured = {
  answer: "200",
  "security state": "secure",
  issues: "none",
  protocol: "TLS 1.3",
  "modern TLS": "true",
  "certificate error": "none",
  "weak signature": "false",
  "the certificate on disk": "true",
  "secure responses": "5",
  "other responses": "none",
  "mixed content": "none",
  "policy violations": "none",
  "security messages": "none",
  "drawn by the client": "true",
  "secure context": "true",
  "files without an integrity hash": "none",
};

function page(name: string): Subject {
  return { name, group: "page", facts: secured };
}

/** One of its kind, named after it. */
function only(group: string, seen: Readonly<Record<string, string>>): Subject {
  return { name: group, group, facts: seen };
}

function refused(group: string, error: string): Subject {
  return only(`control: ${group}`, {
    answer: `net::ERR_CERT_${error}`,
    "security state": "insecure-broken",
  });
}

const good: readonly Subject[] = [
  page("/"),
  page("/missions/1"),
  page("/?state=active"),
  page("/no/such/page"),
  only("inline script", { ran: "false", "violated directive": "script-src-elem" }),
  only("altered script", { ran: "false" }),
  only("frame", { shown: "false", error: "net::ERR_BLOCKED_BY_RESPONSE" }),
  only("plain address", { "first answer": "307 HSTS" }),
  only("control: browser", { "weakening switches": "none" }),
  only("control: inline script", { ran: "true" }),
  only("control: altered script", { ran: "true" }),
  only("control: frame", { shown: "true" }),
  only("control: plain address", { "first answer": "308 no reason of its own" }),
  only("control: flawless server", { answer: "200", "security state": "secure" }),
  refused("authority not in the store", "AUTHORITY_INVALID"),
  refused("expired", "DATE_INVALID"),
  refused("other host", "COMMON_NAME_INVALID"),
  refused("without names", "COMMON_NAME_INVALID"),
  only("control: errors ignored", { answer: "200", "security state": "insecure-broken" }),
];

function judgeWith(name: string, change: Readonly<Record<string, string>>) {
  const subjects = good.map((subject) =>
    subject.name === name ? { ...subject, facts: { ...subject.facts, ...change } } : subject,
  );
  return facts.judge({ subjects }, slo.secureLock);
}

test("a lock on every page, with every control where it belongs, passes", () => {
  expect(facts.judge({ subjects: good }, slo.secureLock)).toMatchObject({
    status: "passed",
    witnesses: [],
  });
});

test.each([
  ["/", "answer", "net::ERR_CERT_DATE_INVALID"],
  ["/", "security state", "insecure-broken"],
  ["/", "security state", "neutral"],
  ["/missions/1", "issues", "cert-missing-subject-alt-name"],
  ["/", "protocol", "TLS 1.2"],
  ["/", "modern TLS", "false"],
  ["/", "certificate error", "net::ERR_CERT_AUTHORITY_INVALID"],
  ["/", "weak signature", "true"],
  ["/", "the certificate on disk", "false"],
  ["/", "secure responses", "2"],
  ["/?state=active", "other responses", "insecure http://a.test/x.png"],
  ["/", "mixed content", "http://a.test/x.png"],
  ["/no/such/page", "policy violations", "style-src-elem"],
  ["/", "security messages", "Failed to find a valid digest"],
  ["/", "drawn by the client", "false"],
  ["/", "secure context", "false"],
  ["/", "files without an integrity hash", "https://a.test/assets/a.js"],
  ["inline script", "ran", "true"],
  ["inline script", "violated directive", "none"],
  ["altered script", "ran", "true"],
  ["frame", "shown", "true"],
  ["frame", "error", "none"],
  ["plain address", "first answer", "308 no reason of its own"],
])("%s: %s %j fails and is the evidence", (name, fact, value) => {
  expect(judgeWith(name, { [fact]: value })).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining(`${name}: ${fact} is "${value}"`),
  });
});

test.each([
  ["control: errors ignored", "security state", "secure"],
  ["control: errors ignored", "answer", "net::ERR_CERT_DATE_INVALID"],
  ["control: expired", "answer", "200"],
  ["control: other host", "answer", "net::ERR_CERT_DATE_INVALID"],
  ["control: without names", "security state", "secure"],
  ["control: authority not in the store", "answer", "200"],
  ["control: flawless server", "security state", "insecure"],
  ["control: inline script", "ran", "false"],
  ["control: altered script", "ran", "false"],
  ["control: frame", "shown", "false"],
  ["control: plain address", "first answer", "307 HSTS"],
  ["control: browser", "weakening switches", "--disable-web-security"],
])("%s: %s %j makes the probe blind: unknown", (name, fact, value) => {
  expect(judgeWith(name, { [fact]: value })).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(`the probe is blind: ${name}: ${fact} is "${value}"`),
    witnesses: [],
  });
});

test("a blind control does not hide what is wrong with the site", () => {
  const subjects = good.map((subject) =>
    subject.name === "/" || subject.name === "control: inline script"
      ? { ...subject, facts: { ...subject.facts, "drawn by the client": "false", ran: "false" } }
      : subject,
  );

  expect(facts.judge({ subjects }, slo.secureLock).status).toBe("failed");
});

test.each(["/missions/1", "frame", "control: expired"])("without %s nothing is known", (name) => {
  const subjects = good.filter((subject) => subject.name !== name);

  expect(facts.judge({ subjects }, slo.secureLock).status).toBe("unknown");
});
