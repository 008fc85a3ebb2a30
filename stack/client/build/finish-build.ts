/**
 * Turns what the bundler wrote into what is shipped: integrity hashes, then compressed copies,
 * then a check of the result as it lies on disk. Exits with 1 if that check finds a defect.
 */
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFileDefects, type ShippedFile } from "./check-files.ts";
import { findPageDefects } from "./check-page.ts";
import { compressedCopies } from "./precompress.ts";
import { addIntegrity } from "./subresource-integrity.ts";

const folder = join(import.meta.dirname, "../dist");
const page = join(folder, "index.html");

function readShipped(address: string): Uint8Array {
  return readFileSync(join(folder, address));
}

function readAll(): readonly ShippedFile[] {
  return globSync("**", { cwd: folder })
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted()
    .map((name) => ({ address: `/${name}`, bytes: readShipped(name) }));
}

function report(files: readonly ShippedFile[]): void {
  for (const { address, bytes } of files) {
    console.log(`${String(bytes.byteLength).padStart(9)}  ${address}`);
  }
  const bytesTotal = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  console.log(`${String(bytesTotal).padStart(9)}  in ${files.length} files`);
}

writeFileSync(page, addIntegrity(readFileSync(page, "utf8"), readShipped));
for (const { address, bytes } of readAll()) {
  for (const copy of compressedCopies(address, bytes)) {
    writeFileSync(join(folder, address + copy.suffix), copy.bytes);
  }
}

const files = readAll();
report(files);
const defects = [
  ...findPageDefects(readFileSync(page, "utf8"), readShipped),
  ...findFileDefects(files),
];
if (defects.length > 0) {
  console.error(`checking what is shipped: ${defects.length} defects, none are allowed`);
  for (const defect of defects) console.error(`  ${defect}`);
  process.exitCode = 1;
}
