import { expect, test } from "vitest";
import { transport } from "../hand-made.ts";
import type { HandshakeObservation, TransportObservation } from "../records.ts";
import { slo } from "../slo.ts";
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

test.each<[string, TransportObservation]>([
  ["an empty record", transport({ handshakes: [] })],
  ["a version that was never offered", transport({ handshakes: transport().handshakes.slice(1) })],
  ["a probe that timed out", withAnswer("TLSv1", { answer: "timeout", alert: null })],
  ["an answer that nobody could read", withAnswer("TLSv1.2", { answer: "unparsable" })],
  ["a certificate that nobody verified", withAnswer("TLSv1.3", { authorized: null })],
  ["an unknown suite", withAnswer("TLSv1.2", { negotiatedSuite: null })],
  ["an unknown version", withAnswer("TLSv1.3", { negotiatedVersion: null })],
])("%s is unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
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
