import { createHash } from "node:crypto";
import { activeAddress, findTags, type Tag } from "./html-tags.ts";

/** Returns the bytes of a shipped file by its address, for example "/assets/index-1a2b.js". */
export type ReadShipped = (address: string) => Uint8Array;

export function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

/**
 * Adds `integrity` and `crossorigin` to every script and stylesheet of a page.
 *
 * It must see the files as they are shipped: a hash taken earlier, while the bundler still
 * renames and minifies, blanks the page. Source: W3C Subresource Integrity, §3.
 *
 * @throws Error if the page has no script or no stylesheet, or a tag that already has a hash
 */
export function addIntegrity(html: string, readShipped: ReadShipped): string {
  const tags = findTags(html).filter((tag) => activeAddress(tag) !== null);
  for (const name of ["script", "link"]) {
    if (tags.some((tag) => tag.name === name)) continue;
    throw new Error(
      `adding integrity hashes: found no <${name}> that loads a file, ` +
        `expected at least one; check what the bundler wrote to index.html`,
    );
  }
  return tags.reduce(
    (page, tag) => page.replace(tag.source, () => withHash(tag, readShipped)),
    html,
  );
}

function withHash(tag: Tag, readShipped: ReadShipped): string {
  if (tag.attributes.has("integrity")) {
    throw new Error(
      `adding integrity hashes: ${tag.source} has one already, expected a fresh page; ` +
        `run the whole build again`,
    );
  }
  const integrity = integrityOf(readShipped(activeAddress(tag) ?? ""));
  const open = tag.source.replace(/\s+crossorigin(?:="[^"]*")?/i, "").replace(/\s*\/?>$/, "");
  return `${open} crossorigin="anonymous" integrity="${integrity}">`;
}
