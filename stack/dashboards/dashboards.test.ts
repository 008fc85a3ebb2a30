import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dashboards, fileOf } from "./index.ts";

interface Committed {
  readonly uid: string;
  readonly panels: ReadonlyArray<{
    readonly type: string;
    readonly title: string;
    readonly targets?: ReadonlyArray<{ readonly expr: string; readonly refId: string }>;
  }>;
}

function committed(name: string): Committed {
  return JSON.parse(readFileSync(fileOf(name), "utf8")) as Committed;
}

const names = Object.keys(dashboards);

test.each(names)("the file of %s is what its source makes; else run npm run dashboards", (name) => {
  expect(committed(name)).toEqual(JSON.parse(JSON.stringify(dashboards[name])));
});

test("there is no file without a source, and each is found under its own name", () => {
  const files = readdirSync(new URL(".", fileOf("any"))).sort();
  expect(files).toEqual(names.map((name) => `${name}.json`).sort());
  expect(names.map((name) => committed(name).uid)).toEqual(names);
});

test("every panel has a title of its own row and asks something", () => {
  for (const name of names) {
    const panels = committed(name).panels.filter(({ type }) => type !== "row");
    expect(panels.length).toBeGreaterThan(9);
    for (const { targets = [] } of panels) {
      expect(targets.length).toBeGreaterThan(0);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  }
});

test("what an expression leaves open is something that Grafana fills in", () => {
  const open = names.flatMap((name) =>
    committed(name).panels.flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr }) => expr.match(/\$\w+/g) ?? []),
    ),
  );
  expect([...new Set(open)].sort()).toEqual(["$__rate_interval", "$replica_id"]);
});
