/**
 * Strict readings of header values: what a browser would quietly pass over is a flaw here.
 *
 * Each reader returns flaws in words, none of them for a value that is as it should be.
 */

/** Strict-Transport-Security, read as RFC 6797 §6.1 writes it. */
export interface StrictTransport {
  readonly maxAgeSeconds: number | null;
  readonly includesSubDomains: boolean;
  readonly preload: boolean;
  readonly flaws: readonly string[];
}

export function readStrictTransport(value: string): StrictTransport {
  const flaws: string[] = [];
  const directives = new Map<string, string | null>();
  for (const part of value.split(";").map((each) => each.trim())) {
    const [, name, argument] = /^([\w-]+)(?:\s*=\s*(.*))?$/.exec(part) ?? [];
    const key = name?.toLowerCase();
    if (key === undefined) flaws.push(`"${part}" is no directive`);
    else if (directives.has(key)) flaws.push(`${key} stands twice`);
    else directives.set(key, argument ?? null);
  }
  const maxAge = directives.get("max-age");
  const digits = /^(?:(\d+)|"(\d+)")$/.exec(maxAge ?? "");
  if (digits === null) flaws.push(`max-age is "${maxAge ?? "missing"}", allowed are digits`);
  for (const [name, argument] of directives) {
    if (name === "max-age") continue;
    if (name !== "includesubdomains" && name !== "preload") flaws.push(`${name} is not known`);
    else if (argument !== null) flaws.push(`${name} takes no value`);
  }
  return {
    maxAgeSeconds: digits === null ? null : Number(digits[1] ?? digits[2]),
    includesSubDomains: directives.has("includesubdomains"),
    preload: directives.has("preload"),
    flaws,
  };
}

/** Directives by name in lower case, each with its values; the first of a name counts. */
export type ContentPolicy = ReadonlyMap<string, readonly string[]>;

/** Reads as CSP Level 3 §2.2.1 does, and tells what stands twice. */
export function readContentPolicy(value: string): {
  readonly directives: ContentPolicy;
  readonly repeated: readonly string[];
} {
  const directives = new Map<string, readonly string[]>();
  const repeated: string[] = [];
  for (const part of value.split(";")) {
    const [name = "", ...values] = part.trim().split(/\s+/);
    const key = name.toLowerCase();
    if (key === "") continue;
    if (directives.has(key)) repeated.push(key);
    else directives.set(key, values);
  }
  return { directives, repeated };
}

const sourceDirectives = [
  "default-src",
  "script-src",
  "script-src-elem",
  "script-src-attr",
  "style-src",
  "style-src-elem",
  "style-src-attr",
  "img-src",
  "font-src",
  "connect-src",
  "manifest-src",
  "media-src",
  "object-src",
  "frame-src",
  "child-src",
  "worker-src",
  "base-uri",
  "form-action",
  "frame-ancestors",
];
const otherDirectives: Readonly<Record<string, RegExp>> = {
  "require-trusted-types-for": /^'script'$/,
  "trusted-types": /^(?:'none'|[\w-]+(?: [\w-]+)*)$/,
  "upgrade-insecure-requests": /^$/,
  "report-to": /^[\w-]+$/,
};
/** A source that lets in no more than it names. */
const narrowSource =
  /^(?:'(?:none|self|strict-dynamic|report-sample|(?:nonce-|sha(?:256|384|512)-)[\w+/=-]+)'|https:\/\/[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/\S*)?)$/;

/** Why a Content-Security-Policy lets in more than it should; no list means strict. */
export function flawsOfContentPolicy(value: string): readonly string[] {
  const { directives, repeated } = readContentPolicy(value);
  const flaws = repeated.map((name) => `${name} stands twice`);
  for (const [name, values] of directives) {
    const shape = otherDirectives[name];
    if (shape !== undefined) {
      if (!shape.test(values.join(" "))) flaws.push(`${name} is "${values.join(" ")}"`);
    } else if (!sourceDirectives.includes(name)) {
      flaws.push(`${name} is not known`);
    } else {
      flaws.push(...flawsOfSources(name, values));
    }
  }
  if (!directives.has("default-src")) flaws.push("default-src is missing");
  for (const name of ["base-uri", "form-action", "frame-ancestors"]) {
    if (!directives.has(name)) flaws.push(`${name} is missing, and default-src does not cover it`);
  }
  return flaws;
}

function flawsOfSources(name: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) return [`${name} names no source`];
  const wide = values.filter((source) => !narrowSource.test(source));
  const mixed = values.length > 1 && values.includes("'none'");
  return [
    ...wide.map((source) => `${name} lets in ${source}`),
    ...(mixed ? [`${name} has 'none' beside others`] : []),
  ];
}

/** Permissions-Policy as a dictionary of structured fields (RFC 9651 §3.2), all features off. */
export function flawsOfPermissionsPolicy(value: string): readonly string[] {
  const seen = new Set<string>();
  return value.split(",").flatMap((part): readonly string[] => {
    const [, feature, allowed] = /^\s*([a-z][a-z-]*)=(\S.*?)\s*$/.exec(part) ?? [];
    if (feature === undefined) return [`"${part.trim()}" is no feature with a list`];
    if (seen.has(feature)) return [`${feature} stands twice`];
    seen.add(feature);
    return allowed === "()" ? [] : [`${feature} is allowed for ${allowed}`];
  });
}

/** A cookie with its attributes in lower case. */
export interface Cookie {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export function readCookie(value: string): Cookie {
  const [pair = "", ...parts] = value.split(";").map((each) => each.trim());
  const attributes = parts.map((part): [string, string] => {
    const [name = "", ...rest] = part.split("=");
    return [name.trim().toLowerCase(), rest.join("=").trim()];
  });
  return { name: pair.split("=")[0] ?? "", attributes: new Map(attributes) };
}

/** What a cookie lacks by RFC 6265bis §4.1: out of scripts' reach, TLS only, bound to this host. */
export function flawsOfCookie(value: string): readonly string[] {
  const { name, attributes } = readCookie(value);
  const sameSite = attributes.get("samesite")?.toLowerCase();
  return [
    ...(name.startsWith("__Host-") ? [] : ["its name does not begin with __Host-"]),
    ...(attributes.has("secure") ? [] : ["it is not Secure"]),
    ...(attributes.has("httponly") ? [] : ["it is not HttpOnly"]),
    ...(sameSite === "strict" || sameSite === "lax"
      ? []
      : [`SameSite is "${sameSite ?? "missing"}"`]),
    ...(attributes.has("domain") ? ["it is sent to other hosts"] : []),
    ...(attributes.get("path") === "/" ? [] : ["its Path is not /"]),
  ].map((flaw) => `${name}: ${flaw}`);
}
