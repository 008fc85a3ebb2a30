import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** A compressed copy of a file: what to append to its name, and the bytes. */
export type CompressedCopy = { readonly suffix: string; readonly bytes: Uint8Array };

const compressible = /\.(?:css|html|js|svg|txt|webmanifest)$/;

/**
 * The copies of a file that are worth shipping, each smaller than the file itself.
 *
 * Both are made at the highest level: it is paid once per build, not per request.
 */
export function compressedCopies(address: string, bytes: Uint8Array): readonly CompressedCopy[] {
  if (!compressible.test(address)) return [];
  const copies: readonly CompressedCopy[] = [
    { suffix: ".gz", bytes: gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }) },
    { suffix: ".br", bytes: brotliCompressSync(bytes, brotliOptions(bytes)) },
  ];
  return copies.filter((copy) => copy.bytes.byteLength < bytes.byteLength);
}

function brotliOptions(bytes: Uint8Array): { readonly params: Record<number, number> } {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  };
}
