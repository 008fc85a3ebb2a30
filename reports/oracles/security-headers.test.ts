import { expect, test } from "vitest";
import { transport } from "../hand-made.ts";
import type { TransportObservation } from "../records.ts";
import { slo } from "../slo.ts";
import { securityHeaders } from "./security-headers.ts";

type Headers = TransportObservation["answers"][number]["headers"];

const objective = slo.securityHeaders;
const judge = (seen: TransportObservation) => securityHeaders.judge(seen, objective);

function withHeaders(answerClass: string, change: (headers: Headers) => Headers) {
  return transport({
    answers: transport().answers.map((answer) =>
      answer.answerClass === answerClass ? { ...answer, headers: change(answer.headers) } : answer,
    ),
  });
}

function without(header: string) {
  return (headers: Headers) => headers.filter(([name]) => name !== header);
}

function plus(header: string, value: string) {
  return (headers: Headers): Headers => [...headers, [header, value]];
}

test("answers with exactly the expected headers pass", () => {
  const verdict = judge(transport());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("5 answers of 5 classes carry");
});

test.each([
  [
    "a missing header on an error page",
    withHeaders("missing asset", without("strict-transport-security")),
    "missing asset (404): strict-transport-security is missing",
  ],
  [
    "a header that two layers add",
    withHeaders("api", plus("x-content-type-options", "nosniff")),
    "x-content-type-options stands 2 times",
  ],
  [
    "a weaker value",
    withHeaders("html", (headers) => [
      ...without("strict-transport-security")(headers),
      ["strict-transport-security", "max-age=300"],
    ]),
    'strict-transport-security is "max-age=300"',
  ],
  [
    "a forbidden header",
    withHeaders("api", plus("x-powered-by", "Express")),
    'x-powered-by is forbidden and says "Express"',
  ],
  [
    "a server that tells its version",
    withHeaders("asset", (headers) => plus("server", "nginx/1.30.4")(without("server")(headers))),
    'server tells a version: "nginx/1.30.4"',
  ],
  [
    "a name in capitals",
    withHeaders("api not found", plus("X-Powered-By", "Express")),
    "x-powered-by is forbidden",
  ],
])("%s fails", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining(evidence),
  });
});

test.each([
  ["an empty record", transport({ answers: [] })],
  [
    "a class that was not seen",
    transport({ answers: transport().answers.filter(({ answerClass }) => answerClass !== "api") }),
  ],
])("%s is unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});

test("answers of other classes are searched for forbidden headers too", () => {
  const extra = { answerClass: "redirect", status: 308, headers: [["x-powered-by", "x"]] } as const;

  expect(judge(transport({ answers: [...transport().answers, extra] })).status).toBe("failed");
});
