import { expect, test } from "vitest";
import { fault, history, operations, replicaNames } from "./hand-made.ts";
import { shareBars } from "./share-bars.ts";

test("without a fault there is one set of bars over everything", () => {
  const [bars, ...rest] = shareBars(history({ operations: operations(300, 10) }));

  expect(rest).toEqual([]);
  expect(bars?.text).toContain("whole run, n = 300");
  expect(bars?.text.match(/33\.3 % \(100\)/g)).toHaveLength(3);
});

test("with a fault the silent replica shows as nothing while it was in effect", () => {
  const seen = operations(3_000, 10, (sequence) => {
    const isAway = sequence >= 500 && sequence < 1_300;
    return isAway ? { replica: replicaNames[1 + (sequence % 2)] ?? null } : {};
  });

  const bars = shareBars(history({ operations: seen, faults: [fault()] })).map(({ text }) => text);

  expect(bars).toHaveLength(3);
  expect(bars[0]).toContain("before the fault");
  expect(bars[1]).toContain("0.0 % (0)");
  expect(bars[2]).toContain("after it healed, n = 1,700");
});

test("a fault that never healed has nothing after it", () => {
  const bars = shareBars(
    history({
      operations: operations(300, 10),
      faults: [fault({ recoveredAtMs: null, healedAtMs: null })],
    }),
  );

  expect(bars[2]?.text).toContain("after it healed, n = 0");
});

test("answers that name nobody have no bars", () => {
  const nameless = operations(10, 10, () => ({ replica: null }));

  expect(shareBars(history({ operations: nameless }))).toEqual([]);
});

test("with several faults the bars are those of the first, up to the second", () => {
  const faults = [
    fault({ name: "second", injectedAtMs: 20_000, healedAtMs: 25_000 }),
    fault({ name: "first" }),
  ];
  const seen = history({ operations: operations(3_000, 10), faults });

  const bars = shareBars(seen).map(({ text }) => text);

  expect(bars[0]).toContain("before &quot;first&quot;, n = 500");
  expect(bars[2]).toContain("after it healed, before &quot;second&quot;, n = 700");
});

test("a replica is called by its container, also after that was replaced", () => {
  const [first, second] = replicaNames;
  const moment = { id: "x", startedAt: "", restartCount: 0, oomKilled: false };
  const life = {
    name: "server-1",
    service: "server",
    before: { ...moment, hostName: first },
    after: { ...moment, hostName: second },
  };

  const [bars] = shareBars(history({ operations: operations(300, 10), containers: [life] }));

  expect(bars?.text).toContain(">server-1</text>");
  expect(bars?.text).toContain("66.7 % (200)");
  expect(bars?.text).not.toContain(first);
});
