import { activeAddress, findTags, type Tag } from "./html-tags.ts";
import { integrityOf, type ReadShipped } from "./subresource-integrity.ts";

/**
 * Reads a finished page as a browser under the production content security policy would, and
 * returns one sentence per defect that would blank or break it.
 */
export function findPageDefects(html: string, readShipped: ReadShipped): readonly string[] {
  const tags = findTags(html);
  const loading = tags.filter((tag) => activeAddress(tag) !== null);
  return [
    ...findMissing(loading),
    ...loading.flatMap((tag) => findIntegrityDefects(tag, readShipped)),
    ...tags.flatMap(findPolicyDefects),
  ];
}

function findMissing(loading: readonly Tag[]): readonly string[] {
  return ["script", "link"]
    .filter((name) => !loading.some((tag) => tag.name === name))
    .map((name) => `no <${name}> loads a file, expected at least one`);
}

function findIntegrityDefects(tag: Tag, readShipped: ReadShipped): readonly string[] {
  const address = activeAddress(tag) ?? "";
  if (!address.startsWith("/assets/")) {
    return [`${tag.source}: loads ${address}, expected a file below /assets/`];
  }
  const defects: string[] = [];
  if (tag.attributes.get("crossorigin") !== "anonymous") {
    defects.push(`${tag.source}: expected crossorigin="anonymous"`);
  }
  const stated = tag.attributes.get("integrity");
  const actual = integrityOf(readShipped(address));
  if (stated !== actual) {
    defects.push(`${address}: the page states ${stated ?? "no hash"}, the file has ${actual}`);
  }
  return defects;
}

function findPolicyDefects(tag: Tag): readonly string[] {
  const defects: string[] = [];
  if (tag.name === "script" && !tag.attributes.has("src")) {
    defects.push(`${tag.source}: inline scripts are blocked by the policy`);
  }
  if (tag.name === "style") defects.push("<style>: inline styles are blocked by the policy");
  if (tag.name === "base") defects.push("<base>: blocked by the policy");
  for (const [name, value] of tag.attributes) {
    if (name === "style" || name.startsWith("on")) {
      defects.push(`${tag.source}: the attribute ${name} is blocked by the policy`);
    }
    const isAddress = name === "src" || name === "href" || name === "srcset";
    if (isAddress && /^\s*(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(value)) {
      defects.push(`${tag.source}: ${value} is not on this origin`);
    }
  }
  return defects;
}
