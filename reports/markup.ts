/** Text of which every part from outside was escaped; made by `markup` alone. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | null | readonly Part[];

/**
 * Escapes text for the content and the quoted attributes of HTML, SVG and XML.
 *
 * Everything in a report may come from a container's log: control characters that XML forbids are
 * replaced as well.
 */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A template whose values are escaped, lists joined and `null` left out; `Markup` goes through. */
export function markup(literals: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(
    literals.map((literal, index) => literal + render(values[index] ?? null)).join(""),
  );
}

function render(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string") return escapeMarkup(part);
  if (typeof part === "number") return String(part);
  if (part instanceof Markup) return part.text;
  return part.map(render).join("");
}
