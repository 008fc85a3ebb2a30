/** One start tag of an HTML page. An attribute without a value has the value "". */
export type Tag = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly source: string;
};

const comment = /<!--.*?-->/gs;
const startTag =
  /<([a-z][a-z0-9-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gi;
const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/**
 * Finds the start tags of a page outside of comments.
 *
 * Made for the page that this build writes itself; it is no general HTML parser.
 */
export function findTags(html: string): readonly Tag[] {
  return [...html.replaceAll(comment, "").matchAll(startTag)].map(
    ([source, name = "", attributes = ""]) => ({
      name: name.toLowerCase(),
      attributes: readAttributes(attributes),
      source,
    }),
  );
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", ...values] of text.matchAll(attribute)) {
    attributes.set(name.toLowerCase(), values.find((value) => value !== undefined) ?? "");
  }
  return attributes;
}

const integrityRelations = new Set(["stylesheet", "modulepreload", "preload"]);

/** The address of a file that the tag makes the browser run or apply, null for other tags. */
export function activeAddress(tag: Tag): string | null {
  if (tag.name === "script") return tag.attributes.get("src") ?? null;
  if (tag.name !== "link") return null;
  const relations = (tag.attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
  if (!relations.some((relation) => integrityRelations.has(relation))) return null;
  return tag.attributes.get("href") ?? null;
}
