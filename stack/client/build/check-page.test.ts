import { expect, test } from "vitest";
import { findPageDefects } from "./check-page.ts";
import { addIntegrity } from "./subresource-integrity.ts";

const shipped = (address: string): Uint8Array => Buffer.from(`content of ${address}`);
const finished = addIntegrity(
  `<script type="module" src="/assets/a.js"></script>
<link rel="stylesheet" href="/assets/a.css"><img src="/favicon.svg" alt="">`,
  shipped,
);

test("a finished page has no defect", () => {
  expect(findPageDefects(finished, shipped)).toEqual([]);
});

test("a file that changed after its hash was taken is a defect", () => {
  const tampered = (address: string): Uint8Array =>
    address.endsWith(".js") ? Buffer.from("other") : shipped(address);

  const defects = findPageDefects(finished, tampered);

  expect(defects).toHaveLength(1);
  expect(defects[0]).toMatch(/^\/assets\/a\.js: the page states sha384-.+, the file has sha384-/);
});

test("a script without a hash, and one without crossorigin, are defects", () => {
  const withoutHash = finished.replace(/ integrity="[^"]*"/, "");
  const withoutCrossorigin = finished.replace(/ crossorigin="anonymous"/, "");

  expect(findPageDefects(withoutHash, shipped)).toHaveLength(1);
  expect(findPageDefects(withoutHash, shipped)[0]).toContain("the page states no hash");
  expect(findPageDefects(withoutCrossorigin, shipped)[0]).toContain('crossorigin="anonymous"');
});

test("a page that loads nothing is a defect, not a success", () => {
  expect(findPageDefects("<p>Hello</p>", shipped)).toEqual([
    "no <script> loads a file, expected at least one",
    "no <link> loads a file, expected at least one",
  ]);
});

test.each([
  ["an inline script", "<script>alert(1)</script>", "inline scripts are blocked"],
  ["an inline style sheet", "<style>p{}</style>", "inline styles are blocked"],
  ["a style attribute", `<p style="color:red">x</p>`, "the attribute style is blocked"],
  ["an event attribute", `<p onclick="x()">x</p>`, "the attribute onclick is blocked"],
  ["a foreign image", `<img src="https://cdn.example/x.png">`, "is not on this origin"],
  ["a foreign image without a scheme", `<img src="//cdn.example/x.png">`, "not on this origin"],
  ["a data image", `<img src="data:image/png;base64,AA==">`, "is not on this origin"],
  ["a foreign script", `<script src="https://cdn.example/x.js"></script>`, "below /assets/"],
  ["a base address", `<base href="/x/">`, "<base>: blocked"],
])("%s is a defect", (_name, extra, expected) => {
  expect(findPageDefects(finished + extra, shipped).join("\n")).toContain(expected);
});
