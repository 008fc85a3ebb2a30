import { expect, test } from "vitest";
import { rightAnswers, transport } from "../hand-made.ts";
import type { HeaderObservation, TransportObservation } from "../records.ts";
import { slo } from "../slo.ts";
import { securityHeaders } from "./security-headers.ts";

const objective = slo.securityHeaders;
const judge = (seen: TransportObservation) => securityHeaders.judge(seen, objective);

test("answers with exactly the expected headers pass, with the scanner's scores beside", () => {
  const verdict = judge(transport());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toMatch(/^89 answers of 30 classes carry 1,061 expected headers/);
  expect(verdict.measurements.slice(1)).toMatchObject([
    { name: "Observatory score, algorithm 6", value: 155, unit: "points" },
    { name: "Observatory score, algorithm 5", value: 135, unit: "points" },
  ]);
});

const [firstAnswer = { headers: [] }] = transport().answers;

function only(keep: (answer: HeaderObservation) => boolean) {
  return transport({ answers: transport().answers.filter(keep) });
}

test.each([
  ["an empty record", only(() => false), 'the class "html" was seen in HTTP/1.1'],
  ["a class that was not seen", only(({ answerClass }) => answerClass !== "api"), '"api"'],
  [
    "a class that was not seen in HTTP/2",
    only(({ answerClass, httpVersion }) => answerClass !== "trace" || httpVersion !== "2"),
    'the class "trace" was seen in HTTP/2',
  ],
  [
    "a class that one replica never answered",
    only(
      ({ answerClass, headers }) =>
        answerClass !== "api not found" || headers.every(([, value]) => value !== "cccccccccccc"),
    ),
    '2 replicas answered with "api not found" in HTTP/1.1, allowed are 3',
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(evidence),
  });
});

test("an answer that nobody expected is searched for what is forbidden, weak or repeated", () => {
  const extra: HeaderObservation = {
    answerClass: "other",
    httpVersion: "1.1",
    status: 200,
    headers: [
      ["X-Powered-By", "x"],
      ["content-security-policy", "default-src *"],
      ["vary", "a"],
      ["vary", "b"],
      ["set-cookie", "__Host-a=1; Secure; HttpOnly; SameSite=Lax; Path=/"],
      ["set-cookie", "__Host-b=1; Secure; HttpOnly; SameSite=Lax; Path=/"],
    ],
    body: null,
  };
  const { status, witnesses } = judge(transport({ answers: [...transport().answers, extra] }));

  expect(status).toBe("failed");
  expect(witnesses).toEqual([
    "other (HTTP/1.1, 200): vary stands 2 times, allowed is once",
    'other (HTTP/1.1, 200): x-powered-by is forbidden and says "x"',
    "other (HTTP/1.1, 200): content-security-policy: default-src lets in *",
    "other (HTTP/1.1, 200): content-security-policy: base-uri is missing, and default-src does not cover it",
    "other (HTTP/1.1, 200): content-security-policy: form-action is missing, and default-src does not cover it",
    "other (HTTP/1.1, 200): content-security-policy: frame-ancestors is missing, and default-src does not cover it",
  ]);
});

test.each<[string, Partial<HeaderObservation>, string]>([
  [
    "an expected header twice",
    { headers: [...firstAnswer.headers, ["X-Frame-Options", "DENY"]] },
    "html (HTTP/1.1, 200): x-frame-options stands 2 times, allowed is once",
  ],
  ["another status", { status: 404 }, "html (HTTP/1.1, 404): status is 404, allowed is 200"],
  [
    "a version of the server",
    {
      headers: firstAnswer.headers.map(
        ([header, value]) => [header, header === "server" ? "nginx/1.30" : value] as const,
      ),
    },
    'html (HTTP/1.1, 200): server tells a version: "nginx/1.30"',
  ],
  [
    "a cookie",
    { headers: [...firstAnswer.headers, ["set-cookie", "a=b"]] },
    'html (HTTP/1.1, 200): set-cookie is forbidden and says "a=b"',
  ],
])("%s is told", (_, change, words) => {
  const answers = transport().answers.map((answer, index) =>
    index === 0 ? { ...answer, ...change } : answer,
  );
  const verdict = judge(transport({ answers }));

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses).toContain(words);
});

test("flaws are counted, and the first of them is told", () => {
  const unframed = transport().answers.map((answer) => ({
    ...answer,
    headers: answer.headers.filter(([header]) => header !== "x-frame-options"),
  }));
  const verdict = judge(transport({ answers: unframed }));

  expect(verdict.evidence).toBe(
    'html (HTTP/1.1, 200): x-frame-options is missing, allowed is "DENY", and 88 more',
  );
  expect(verdict.measurements[0]).toEqual({
    name: "wrong headers",
    value: 89,
    unit: "",
    sampleSize: 89,
    limit: { rule: "at most", value: 0 },
  });
});

test("who did not answer at all has no headers to be wrong", () => {
  const { answers } = transport();
  const mute = { answerClass: "html", httpVersion: "1.1", status: 0, headers: [], body: null };

  expect(judge(transport({ answers: [...answers, mute] }))).toMatchObject({
    status: "unknown",
    evidence: "html (HTTP/1.1): no answer",
  });
});

const withoutReplicas = slo.headersWithoutReplicas;
const own = rightAnswers(withoutReplicas);
const judgeOwn = (answers: readonly HeaderObservation[]) =>
  securityHeaders.judge({ handshakes: [], answers }, withoutReplicas);
const bent = (change: (answer: HeaderObservation) => HeaderObservation) =>
  own.map((answer) => (answer.answerClass === "write unreachable" ? change(answer) : answer));

test("what the gateway answers without a replica passes with all headers", () => {
  expect(judgeOwn(own).status).toBe("passed");
});

test.each([
  ["a replica that answered", (answer: HeaderObservation) => ({ ...answer, status: 201 })],
  [
    "an error page in place of problem details",
    (answer: HeaderObservation) => ({
      ...answer,
      headers: answer.headers.map(
        ([name, value]) => [name, name === "content-type" ? "text/html" : value] as const,
      ),
    }),
  ],
  ["an answer without headers", (answer: HeaderObservation) => ({ ...answer, headers: [] })],
])("without a replica, %s fails", (_what, change) => {
  expect(judgeOwn(bent(change)).status).toBe("failed");
});

test("a fault that did not bite, or was refused, decides nothing", () => {
  expect(judgeOwn([]).status).toBe("unknown");
  const refused = { answerClass: "api unreachable", httpVersion: "1.1", status: 0, headers: [] };
  expect(judgeOwn([{ ...refused, body: "no packet filter here" }])).toMatchObject({
    status: "unknown",
    evidence: "api unreachable (HTTP/1.1): no packet filter here",
  });
});
