import { expect, test } from "vitest";
import { escapeMarkup, Markup, markup } from "./markup.ts";

test("nothing that opens a tag, an attribute or an entity survives", () => {
  expect(escapeMarkup(`<b class="x" id='y'>&amp;</b>`)).toBe(
    "&lt;b class=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;",
  );
});

test("control characters that XML forbids are replaced, line ends are kept", () => {
  expect(escapeMarkup("a\u0000b\u001Bc\n\td\uFFFF")).toBe("a\uFFFDb\uFFFDc\n\td\uFFFD");
});

test("half of a surrogate pair is replaced, a whole one is kept", () => {
  expect(escapeMarkup("\uD83D")).toBe("\uFFFD");
  expect(escapeMarkup("🚀")).toBe("🚀");
});

test("a template escapes its values and lets markup through", () => {
  const inner = markup`<i>${"<3"}</i>`;

  expect(markup`<p title="${'"'}">${inner}${[inner, 7, null]}${new Markup("<hr>")}</p>`.text).toBe(
    '<p title="&quot;"><i>&lt;3</i><i>&lt;3</i>7<hr></p>',
  );
});
