import { expect, test } from "vitest";
import { history, judgedHistory, operations, transport, write } from "./hand-made.ts";
import { reproduceCommand, witnessCells, witnessCsv, witnessesOf } from "./witnesses.ts";

const lateWrite = write({
  sequence: 9,
  intendedAtMs: 2_500,
  endedAtMs: 12_500,
  outcome: "indeterminate",
  failureClass: "timeout",
  status: null,
  replica: null,
  resource: "mission-9",
});
const seen = judgedHistory(history({ operations: [...operations(5, 10), lateWrite] }));

test("a witness is joined by the id of a request, the key of a write or the id of a mission", () => {
  const found = witnessesOf({ witnesses: ["request-3", "key-9", "mission-9", "server-1"] }, seen);

  expect(found.map(({ operation }) => operation?.sequence)).toEqual([3, 9, 9, undefined]);
});

test("a witness says how its request ended, how long it took and who answered", () => {
  const [answered = [], unanswered = []] = witnessesOf(
    { witnesses: ["request-3", "key-9"] },
    seen,
  ).map(witnessCells);

  expect(answered.slice(1)).toEqual([
    "GET list missions",
    "30 ms",
    "ok 200",
    "10 ms",
    "aaaaaaaaaaaa",
  ]);
  expect(unanswered.slice(1)).toEqual([
    "POST create mission",
    "2.5 s",
    "indeterminate: timeout",
    "10 s",
    "none",
  ]);
});

test("a status that is a failure is told with its number", () => {
  const refused = write({ outcome: "failed", failureClass: "status", status: 503 });
  const [witness] = witnessesOf(
    { witnesses: ["request-0"] },
    judgedHistory(history({ operations: [refused] })),
  ).map(witnessCells);

  expect(witness).toContain("failed: status 503");
});

test("what is no request keeps its name, in any kind of record and in none", () => {
  const witnesses = ["offer TLSv1.3"];
  const alone = [{ id: "offer TLSv1.3", operation: null, replica: null }];

  expect(witnessesOf({ witnesses }, { kind: "transport", seen: transport() })).toEqual(alone);
  expect(witnessesOf({ witnesses }, null)).toEqual(alone);
});

test("the table survives quotes and commas in a name", () => {
  const table = witnessCsv([{ id: 'a "b", c', operation: null, replica: null }]);

  expect(table).toBe(
    '"id","request","at","ending","took","replica"\r\n"a ""b"", c","","","","",""\r\n',
  );
});

test("a claim can be measured again with the same choices", () => {
  expect(reproduceCommand("tls/handshake", 42)).toBe("npm run suite -- tls/handshake --seed 42");
  expect(reproduceCommand("tls/handshake", null)).toBe("npm run suite -- tls/handshake");
});
