import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasLoopImage, imageBytes, releaseLoopImage } from "./loop-image.ts";

const mebibyte = 1024 * 1024;

test("an image has room for the data, the spare, the journal and what ext4 takes", () => {
  expect(imageBytes(100 * mebibyte, 900 * mebibyte)).toBe(1_066 * mebibyte);
  expect(imageBytes(100 * mebibyte + 1, 900 * mebibyte)).toBe(1_067 * mebibyte);
});

test("an image is never too small for a journal", () => {
  expect(imageBytes(0, 0)).toBe(64 * mebibyte);
});

test("where nothing is, there is nothing to release, and no directory is made", async () => {
  const installation = join(tmpdir(), "no-such-installation");

  expect(hasLoopImage(installation)).toBe(false);
  await releaseLoopImage(installation);

  expect(existsSync(installation)).toBe(false);
});

test("what an image left that was never made counts as one", () => {
  const installation = mkdtempSync(join(tmpdir(), "installation-"));
  try {
    mkdirSync(join(installation, "postgres-storage"));
    expect(hasLoopImage(installation)).toBe(true);
  } finally {
    rmSync(installation, { recursive: true });
  }
});
