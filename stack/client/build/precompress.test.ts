import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compressedCopies } from "./precompress.ts";

test("both copies of a text decompress to it", () => {
  const bytes = Buffer.from("mission ".repeat(100));
  const [gzipped, brotli] = compressedCopies("/assets/a.css", bytes);

  expect(gzipped?.suffix).toBe(".gz");
  expect(gunzipSync(gzipped?.bytes ?? "")).toEqual(bytes);
  expect(brotli?.suffix).toBe(".br");
  expect(brotliDecompressSync(brotli?.bytes ?? "")).toEqual(bytes);
});

test("a copy that would not be smaller is left out", () => {
  expect(compressedCopies("/robots.txt", Buffer.from("x"))).toEqual([]);
});

test("files that are compressed by nature get no copy", () => {
  expect(compressedCopies("/photo.avif", Buffer.alloc(1_000))).toEqual([]);
});
