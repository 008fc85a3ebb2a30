import { expect, test } from "vitest";
import { doubtAboutConservation } from "./conservation.ts";
import { generator, history, operations } from "./hand-made.ts";
import type { GatewayLine, History, Operation } from "./records.ts";

function linesOf(seen: readonly Operation[]): readonly GatewayLine[] {
  return seen
    .filter(({ status }) => status !== null)
    .map(({ requestId, status, replica }) => ({
      requestId,
      status: status ?? 0,
      upstreamAddresses: [`10.0.0.1:${replica}`],
      upstreamStatuses: [String(status)],
    }));
}

const seen = operations(300, 10);
const lines = linesOf(seen);

function doubt(changes: Partial<History>) {
  return doubtAboutConservation(history({ operations: seen, gatewayLines: lines, ...changes }));
}

function withFirst(change: Partial<GatewayLine>): readonly GatewayLine[] {
  return lines.map((line, index) => (index === 0 ? { ...line, ...change } : line));
}

test("a record that adds up leaves no doubt, with or without the gateway's log", () => {
  expect(doubt({})).toBeNull();
  expect(doubt({ gatewayLines: null })).toBeNull();
});

test("failures and drops belong to the sum by their class", () => {
  const mixed = operations(300, 10, (sequence) => {
    if (sequence === 1) return { outcome: "failed", failureClass: "timeout", status: null };
    if (sequence === 2) return { outcome: "dropped", failureClass: "cap-reached", status: null };
    return {};
  });
  expect(doubt({ operations: mixed, gatewayLines: linesOf(mixed) })).toBeNull();
  const classless = operations(300, 10, (sequence) =>
    sequence === 1 ? { outcome: "failed" } : {},
  );
  expect(doubt({ operations: classless })).toMatch(/request-1 is on record as failed/);
});

test("whatever does not add up is named", () => {
  expect(doubt({ generator: generator({ scheduledCount: 301 }) })).toMatch(/301 .* 300 recorded/);
  const doubled = seen.map((each) => (each.sequence === 4 ? { ...each, sequence: 5 } : each));
  expect(doubt({ operations: doubled })).toMatch(/slot 4/);
  expect(doubt({ gatewayLines: lines.slice(1) })).toMatch(/1 of 300 .* request-0/);
  expect(doubt({ gatewayLines: [...lines, ...lines.slice(0, 1)] })).toMatch(/exactly once/);
  expect(doubt({ gatewayLines: withFirst({ status: 502 }) })).toMatch(
    /with 200 and logged with 502/,
  );
  expect(
    doubt({ gatewayLines: [...lines, ...withFirst({ requestId: "other" }).slice(0, 1)] }),
  ).toMatch(/logged other, which was never sent/);
  const stranger = withFirst({ upstreamAddresses: ["10.0.0.9:3000"] });
  expect(doubt({ gatewayLines: stranger })).toMatch(/came from/);
});
