import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { isWatched } from "./console.ts";
import { liveLine } from "./live-line.ts";

function terminal(columns: number) {
  let said = "";
  const stream = Object.assign(new PassThrough(), { columns, rows: 24, isTTY: true });
  stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { stream: stream as unknown as NodeJS.WriteStream, said: () => said };
}

test("a line is drawn in place, cut to the width, and gone at the end", () => {
  const { stream, said } = terminal(30);
  const line = liveLine(stream, () => "0123456789".repeat(5));
  line.clear();
  line.draw();
  line.end();

  expect(said()).toContain("012345678901234567890123456…".slice(0, 20));
  expect(said()).not.toContain("0123456789".repeat(3));
  expect(said()).toContain("\u001B[2K");
  expect(said()).not.toContain("\u001B[?25l");
});

test.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: false }, {}, false],
  [{ isTTY: true }, { CI: "true" }, false],
  [{ isTTY: true }, { TERM: "dumb" }, false],
])("%o with %o: a line that changes is %s", (stream, environment, expected) => {
  expect(isWatched(stream, environment)).toBe(expected);
});
