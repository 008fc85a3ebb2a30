import { expect, test } from "vitest";
import { activeAddress, findTags } from "./html-tags.ts";

test("tags are found with quoted, bare and missing attribute values", () => {
  const [tag] = findTags(`<SCRIPT type="module" crossorigin SRC=/a.js data-x='1'></SCRIPT>`);

  expect(tag?.name).toBe("script");
  expect(Object.fromEntries(tag?.attributes ?? [])).toEqual({
    type: "module",
    crossorigin: "",
    src: "/a.js",
    "data-x": "1",
  });
});

test("tags in comments and end tags are not found", () => {
  const tags = findTags("<!-- <script src='/a.js'></script>\n --><p>text</p>");

  expect(tags.map(({ name }) => name)).toEqual(["p"]);
});

test("only what a browser runs or applies has an active address", () => {
  const html = `
    <script src="/a.js"></script><script>inline</script>
    <link rel="stylesheet" href="/a.css"><link rel="modulepreload" href="/b.js">
    <link rel="icon" href="/favicon.svg"><img src="/favicon.svg">`;

  expect(findTags(html).map(activeAddress)).toEqual(["/a.js", null, "/a.css", "/b.js", null, null]);
});
