/** Mounts as the kernel lists them. */

import { readFileSync } from "node:fs";

export interface Mount {
  readonly source: string;
  readonly target: string;
  /** Of the file system, such as `ext4` or `tmpfs`. */
  readonly type: string;
  readonly options: string;
}

/** Blanks, line ends and backslashes in names are written as three octal digits. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 8)),
  );
}

/** Reads a list of mounts, in the order in which they were made. Source: proc_pid_mounts(5). */
export function parseMounts(text: string): Mount[] {
  return text
    .split("\n")
    .map((line) => line.split(" "))
    .filter((fields) => fields.length >= 4)
    .map(([source = "", target = "", type = "", options = ""]) => ({
      source: unescaped(source),
      target: unescaped(target),
      type,
      options,
    }));
}

/** The mount that a path lies on: the last one made of the innermost. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  const holds = ({ target }: Mount) =>
    path === target || path.startsWith(target.endsWith("/") ? target : `${target}/`);
  return mounts
    .filter(holds)
    .toSorted((left, right) => left.target.length - right.target.length)
    .at(-1);
}

/** Mounts that this process sees; none where the system has no such list. */
export function mountsHere(): Mount[] {
  try {
    return parseMounts(readFileSync("/proc/self/mounts", "utf8"));
  } catch {
    return [];
  }
}
