import { expect, test } from "vitest";
import { findFileDefects, transferBytesMax, type ShippedFile } from "./check-files.ts";
import { compressedCopies } from "./precompress.ts";

function withCopies(address: string, content: string): readonly ShippedFile[] {
  const bytes = Buffer.from(content);
  const copies = compressedCopies(address, bytes).map((copy) => ({
    address: address + copy.suffix,
    bytes: copy.bytes,
  }));
  return [{ address, bytes }, ...copies];
}

const script = withCopies("/assets/a.js", "let answer = 42;\n".repeat(50));

test("a script with its compressed copies has no defect", () => {
  expect(script.map(({ address }) => address)).toEqual([
    "/assets/a.js",
    "/assets/a.js.gz",
    "/assets/a.js.br",
  ]);
  expect(findFileDefects(script)).toEqual([]);
});

test("a source map, and a reference to one, are defects", () => {
  const map = { address: "/assets/a.js.map", bytes: Buffer.from("{}") };
  const reference = withCopies("/assets/b.js", "let b;\n//# sourceMappingURL=b.js.map".repeat(9));

  expect(findFileDefects([...script, map])).toEqual([
    "/assets/a.js.map: source maps are not shipped",
  ]);
  expect(findFileDefects(reference)[0]).toContain("refers to a source map");
});

test.each(["url(data:image/png;base64,AA==)", "url('https://x/y.png')", "url( //x/y.png )"])(
  "a style sheet with %s is a defect",
  (address) => {
    const sheet = withCopies("/assets/a.css", `p{background:${address}}`.repeat(20));

    expect(findFileDefects(sheet)[0]).toContain("which the policy blocks");
  },
);

test("a compressed copy of other bytes is a defect", () => {
  const [, gzipped, brotli] = script;
  const changed = { address: "/assets/a.js", bytes: Buffer.from("let answer = 43;\n".repeat(50)) };

  expect(findFileDefects([changed, gzipped, brotli].flatMap((file) => file ?? []))).toEqual([
    "/assets/a.js.gz: decompresses to other bytes than its original has",
    "/assets/a.js.br: decompresses to other bytes than its original has",
  ]);
});

test("a script without a copy, and a copy without its original, are defects", () => {
  const [original, gzipped] = script;

  expect(findFileDefects([original].flatMap((file) => file ?? []))[0]).toContain(
    "has no precompressed copy",
  );
  expect(findFileDefects([gzipped].flatMap((file) => file ?? []))[0]).toContain(
    "its original is not shipped",
  );
});

test("scripts beyond the budget are a defect", () => {
  const bytes = Buffer.alloc(transferBytesMax + 1);

  expect(findFileDefects([{ address: "/assets/a.js.gz", bytes }]).at(-1)).toBe(
    `scripts and styles: ${transferBytesMax + 1} bytes gzipped, ` +
      `at most ${transferBytesMax} are allowed`,
  );
});
