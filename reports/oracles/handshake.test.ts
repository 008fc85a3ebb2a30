import { expect, test } from "vitest";
import { transport } from "../hand-made.ts";
import type { HandshakeObservation, TransportObservation } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
import { handshake } from "./handshake.ts";

const objective = slo.handshake;
const judge = (seen: TransportObservation) => handshake.judge(seen, objective);

function withAnswer(offered: string, change: Partial<HandshakeObservation>): TransportObservation {
  const seen = transport();
  return {
    ...seen,
    handshakes: seen.handshakes.map((entry) =>
      entry.offered === offered ? { ...entry, ...change } : entry,
    ),
  };
}

test("a gateway with TLS 1.2 and 1.3 alone passes", () => {
  const verdict = judge(transport());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("4 handshakes tried: TLSv1.2 and TLSv1.3 accepted");
});

test.each<[string, string, Partial<HandshakeObservation>, string]>([
  [
    "TLS 1.0 accepted",
    "TLSv1",
    { answer: "accepted", alert: null, negotiatedVersion: "TLSv1" },
    "TLSv1 was accepted",
  ],
  ["TLS 1.1 refused by the wrong alert", "TLSv1.1", { alert: 40 }, "alert 40 instead of alert 70"],
  [
    "TLS 1.1 refused by silence",
    "TLSv1.1",
    { answer: "closed", alert: null },
    "a closed connection instead of alert 70",
  ],
  ["TLS 1.3 refused", "TLSv1.3", { answer: "alert", alert: 70 }, "TLSv1.3 was refused (alert 70)"],
  ["TLS 1.2 closed", "TLSv1.2", { answer: "closed" }, "TLSv1.2 was refused"],
  [
    "a fallback to an older version",
    "TLSv1.3",
    { negotiatedVersion: "TLSv1.2", negotiatedSuite: "ECDHE-RSA-AES128-GCM-SHA256" },
    "TLSv1.3 was offered and TLSv1.2 negotiated",
  ],
  ["a suite without forward secrecy", "TLSv1.2", { negotiatedSuite: "AES128-SHA" }, "AES128-SHA"],
  ["a certificate that does not verify", "TLSv1.3", { authorized: false }, "did not verify"],
])("%s fails", (_, offered, change, evidence) => {
  expect(judge(withAnswer(offered, change))).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining(evidence),
    witnesses: expect.arrayContaining([`offer ${offered}`]),
  });
});

test("a version that nobody named is still no version to accept", () => {
  const seen = transport();
  const [accepted] = seen.handshakes;
  const old = { ...accepted, probe: "offer SSLv3", offered: "SSLv3", negotiatedVersion: "SSLv3" };

  expect(judge({ ...seen, handshakes: [...seen.handshakes, asObservation(old)] }).status).toBe(
    "failed",
  );
});

test.each<[string, TransportObservation, string]>([
  ["an empty record", transport({ handshakes: [] }), "no handshake is on record"],
  [
    "a version that was never offered",
    transport({ handshakes: transport().handshakes.slice(1) }),
    "TLSv1.2 was never offered",
  ],
  [
    "a probe that timed out",
    withAnswer("TLSv1", { answer: "timeout", alert: null }),
    "offer TLSv1: no clear answer (timeout, protocol_version)",
  ],
  [
    "an answer that nobody could read",
    withAnswer("TLSv1.2", { answer: "unparsable" }),
    "offer TLSv1.2: no clear answer (unparsable, verified)",
  ],
  [
    "a certificate that nobody verified",
    withAnswer("TLSv1.3", { authorized: null }),
    "nobody verified the certificate over TLSv1.3",
  ],
  [
    "an unknown suite",
    withAnswer("TLSv1.2", { negotiatedSuite: null }),
    "offer TLSv1.2 does not say what was negotiated",
  ],
  [
    "an unknown version",
    withAnswer("TLSv1.3", { negotiatedVersion: null }),
    "offer TLSv1.3 does not say what was negotiated",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

function asObservation(changes: Partial<HandshakeObservation>): HandshakeObservation {
  return {
    probe: "",
    offered: "",
    answer: "accepted",
    alert: null,
    negotiatedVersion: null,
    negotiatedSuite: null,
    authorized: true,
    detail: "",
    ...changes,
  };
}

test("what was tried is told with the suites, and of several flaws the first", () => {
  expect(told(judge(transport()))).toEqual([
    "passed: 4 handshakes tried: TLSv1.2 and TLSv1.3 accepted and verified (ECDHE-RSA-AES128-GCM-SHA256, TLS_AES_256_GCM_SHA384), TLSv1 and TLSv1.1 refused by alert 70",
    "handshakes against the objective: 0 of 4; at most 0",
  ]);
  const wrong = transport().handshakes.map((seen) => ({ ...seen, authorized: false, alert: 40 }));
  expect(told(judge(transport({ handshakes: wrong })))).toEqual([
    'failed: the certificate did not verify (verified) by the probe "offer TLSv1.2", and 3 more; 4 handshakes tried, allowed: TLS 1.0 and 1.1 refused with alert 70, 1.2 and 1.3 accepted and verified',
    "handshakes against the objective: 4 of 4; at most 0",
    "witnesses: offer TLSv1.2 | offer TLSv1.3 | offer TLSv1 | offer TLSv1.1",
  ]);
});

test("a version that nobody named may be refused in any way", () => {
  const { handshakes } = transport();
  const old = asObservation({ probe: "offer SSLv3", offered: "SSLv3", answer: "closed" });

  expect(judge(transport({ handshakes: [...handshakes, old] })).status).toBe("passed");
});

test("one verified handshake of a version is enough, and only TLS 1.2 has a choice of suites", () => {
  const { handshakes } = transport();
  const unverified = handshakes.map((seen) => ({ ...seen, authorized: null }));
  expect(judge(transport({ handshakes: [...handshakes, ...unverified] })).status).toBe("passed");
  expect(judge(withAnswer("TLSv1.3", { negotiatedSuite: null })).status).toBe("passed");
});

test("a refusal without the number of its alert is told so", () => {
  expect(judge(withAnswer("TLSv1.1", { alert: null })).evidence).toContain(
    "TLSv1.1 was refused by alert without number instead of alert 70",
  );
});
