import { expect, test } from "vitest";
import { addIntegrity, integrityOf } from "./subresource-integrity.ts";

const shipped = (address: string): Uint8Array => Buffer.from(`content of ${address}`);
const page = `<script type="module" crossorigin src="/assets/a.js"></script>
<link rel="stylesheet" crossorigin href="/assets/a.css">
<link rel="icon" href="/favicon.svg" />`;

test("a hash is the base64 of SHA-384, checked with a known vector", () => {
  // SHA-384 of "abc": FIPS 180-2, appendix D.1.
  const known =
    "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7";

  expect(integrityOf(Buffer.from("abc"))).toBe(
    `sha384-${Buffer.from(known, "hex").toString("base64")}`,
  );
});

test("scripts and stylesheets get the hash of their own bytes, other tags none", () => {
  const finished = addIntegrity(page, shipped);

  expect(finished.split("\n")).toEqual([
    `<script type="module" src="/assets/a.js" crossorigin="anonymous" ` +
      `integrity="${integrityOf(shipped("/assets/a.js"))}"></script>`,
    `<link rel="stylesheet" href="/assets/a.css" crossorigin="anonymous" ` +
      `integrity="${integrityOf(shipped("/assets/a.css"))}">`,
    `<link rel="icon" href="/favicon.svg" />`,
  ]);
});

test("a page without a script or without a stylesheet is refused", () => {
  const [script = "", stylesheet = ""] = page.split("\n");

  expect(() => addIntegrity(script, shipped)).toThrow("found no <link>");
  expect(() => addIntegrity(stylesheet, shipped)).toThrow("found no <script>");
});

test("a page that has hashes already is refused", () => {
  expect(() => addIntegrity(addIntegrity(page, shipped), shipped)).toThrow("has one already");
});
