import { expect, test } from "vitest";
import { isRefusal, textOfFrames } from "./container-control.ts";

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

test("frames of both streams become one text in their order, bytes above ASCII included", () => {
  const log = Buffer.concat([frame(1, "läuft\n"), frame(2, "warning\n"), frame(1, "ends\n")]);
  expect(textOfFrames(log)).toBe("läuft\nwarning\nends\n");
});

test("an empty log and half a header are no text", () => {
  expect(textOfFrames(Buffer.alloc(0))).toBe("");
  expect(textOfFrames(Buffer.from([1, 0, 0]))).toBe("");
});

test("nginx that reloads says so in a notice, one that refuses in an error", () => {
  expect(isRefusal("2026/11/23 06:45:23 [notice] 408#408: signal process started")).toBe(false);
  expect(isRefusal("")).toBe(false);
  expect(isRefusal('nginx: [error] open() "/tmp/nginx.pid" failed (2: No such file)')).toBe(true);
  expect(isRefusal("nginx: [emerg] unknown directive")).toBe(true);
  expect(isRefusal('exec: "nginx": executable file not found in $PATH')).toBe(true);
});
