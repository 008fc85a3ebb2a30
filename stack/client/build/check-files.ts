import { brotliDecompressSync, gunzipSync } from "node:zlib";

/** A file as it is shipped: its address and its bytes. */
export type ShippedFile = { readonly address: string; readonly bytes: Uint8Array };

/** Largest sum of script and style sheet bytes over the wire, gzipped; a budget, not a limit. */
export const transferBytesMax = 120_000;

/** Returns one sentence per shipped file that must not be shipped as it is. */
export function findFileDefects(files: readonly ShippedFile[]): readonly string[] {
  const byAddress = new Map(files.map(({ address, bytes }) => [address, bytes]));
  return [
    ...files.flatMap(findContentDefects),
    ...files.flatMap((file) => findCompressionDefects(file, byAddress)),
    ...findBudgetDefects(files),
  ];
}

function findContentDefects({ address, bytes }: ShippedFile): readonly string[] {
  if (address.endsWith(".map")) return [`${address}: source maps are not shipped`];
  if (!/\.(?:css|js)$/.test(address)) return [];
  const text = new TextDecoder().decode(bytes);
  const defects: string[] = [];
  if (/[#@]\s*sourceMappingURL=/.test(text)) {
    defects.push(`${address}: refers to a source map, which is not shipped`);
  }
  if (!address.endsWith(".css")) return defects;
  const foreign = /(?:url\(\s*|@import\s+)["']?((?:data|https?):|\/\/)/i.exec(text)?.[1];
  if (foreign !== undefined) {
    defects.push(`${address}: refers to "${foreign}…", which the policy blocks`);
  }
  return defects;
}

const decompressors: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  [".gz", gunzipSync],
  [".br", brotliDecompressSync],
]);

function findCompressionDefects(
  { address, bytes }: ShippedFile,
  byAddress: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  const suffix = address.slice(-3);
  const decompress = decompressors.get(suffix);
  if (decompress === undefined) return findUncompressed(address, byAddress);
  const original = byAddress.get(address.slice(0, -3));
  if (original === undefined) return [`${address}: its original is not shipped`];
  if (Buffer.compare(decompress(bytes), original) === 0) return [];
  return [`${address}: decompresses to other bytes than its original has`];
}

function findUncompressed(
  address: string,
  byAddress: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  if (!/\.(?:html|css|js)$/.test(address) || byAddress.has(`${address}.gz`)) return [];
  return [`${address}: has no precompressed copy, expected ${address}.gz`];
}

function findBudgetDefects(files: readonly ShippedFile[]): readonly string[] {
  const bytes = files
    .filter(({ address }) => /\.(?:css|js)\.gz$/.test(address))
    .reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (bytes <= transferBytesMax) return [];
  return [`scripts and styles: ${bytes} bytes gzipped, at most ${transferBytesMax} are allowed`];
}
