import { expect, test } from "vitest";
import { mountOf, parseMounts } from "./mounts.ts";

test("reads source and target in order, with blanks in names", () => {
  const text =
    "proc /proc proc rw,relatime 0 0\n" +
    "/dev/loop3 /home/of\\040somebody/mount ext4 rw,relatime 0 0\n" +
    "/dev/loop3 /back\\134slash\\011tab ext4 rw 0 0\n";

  expect(parseMounts(text)).toEqual([
    { source: "proc", target: "/proc", type: "proc", options: "rw,relatime" },
    {
      source: "/dev/loop3",
      target: "/home/of somebody/mount",
      type: "ext4",
      options: "rw,relatime",
    },
    { source: "/dev/loop3", target: "/back\\slash\ttab", type: "ext4", options: "rw" },
  ]);
});

test("an empty list and a line that is none hold no mounts", () => {
  expect(parseMounts("")).toEqual([]);
  expect(parseMounts("cat: /proc/mounts: Permission denied\n")).not.toContainEqual(
    expect.objectContaining({ target: "/proc/mounts" }),
  );
});

test("a path lies on the innermost mount, and there on the one made last", () => {
  const mounts = parseMounts(
    "overlay / overlay rw 0 0\n/dev/vda /data ext4 rw 0 0\ntmpfs /data tmpfs rw 0 0\n",
  );

  expect(mountOf("/data/base", mounts)?.type).toBe("tmpfs");
  expect(mountOf("/data", mounts)?.type).toBe("tmpfs");
  expect(mountOf("/database", mounts)?.type).toBe("overlay");
  expect(mountOf("/data", [])).toBeUndefined();
});
