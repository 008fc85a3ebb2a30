import { expect, test } from "vitest";
import type { RunEventBody } from "./events.ts";
import { spansOf } from "./spans.ts";

function at(second: number, body: RunEventBody) {
  return { at: new Date(Date.UTC(2026, 10, 23) + second * 1_000).toISOString(), ...body };
}

test("a phase lasts until the next one or a claim begins, lines of one phase are one stretch", () => {
  const spans = spansOf([
    at(0, { type: "phase", phase: "images", detail: "gateway" }),
    at(4, { type: "phase", phase: "images", detail: "server" }),
    at(10, { type: "phase", phase: "stack", detail: "up" }),
    at(12, { type: "stack-started", durationMs: 1, warm: false }),
    at(30, { type: "claim-started", claim: "tls/handshake" }),
    at(32, {
      type: "claim-ended",
      claim: "tls/handshake",
      state: "passed",
      durationMs: 1,
      error: null,
    }),
    at(50, { type: "phase", phase: "clean-up", detail: "" }),
    at(53, { type: "run-ended", durationMs: 1 }),
  ]);

  expect(spans).toEqual([
    { name: "images", durationMs: 10_000 },
    { name: "stack", durationMs: 20_000 },
    { name: "tls/handshake", durationMs: 2_000 },
    { name: "clean-up", durationMs: 3_000 },
  ]);
});

test("a run that was killed has no end, and its last stretch no length", () => {
  expect(spansOf([at(0, { type: "phase", phase: "images", detail: "" })])).toEqual([]);
});
