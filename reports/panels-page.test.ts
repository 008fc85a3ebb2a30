import { expect, test } from "vitest";
import { hostile } from "./hand-made-runs.ts";
import { panelQuery } from "./hand-made-monitoring.ts";
import { linePath, shortNumber } from "./line-chart.ts";
import { panelsPage } from "./panels-page.ts";
import type { PanelQuery } from "./records.ts";
import { linearScale } from "./scale.ts";

const query = panelQuery();
const page = (...panels: PanelQuery[]) =>
  panelsPage("Dashboards", { dashboards: ["Overview"], panels, rules: [] });

test("every panel is drawn once, with all of its queries", () => {
  const html = page(query, { ...query, query: "x", lines: [] }, { ...query, panel: "Other" });

  expect(html.match(/<figure>/g)).toHaveLength(2);
  expect(html).toContain("Errors");
  expect(html).not.toContain("no series");
  expect(html).not.toMatch(/NaN|Infinity|undefined/);
});

test("a panel without series says so where its lines would be", () => {
  expect(page({ ...query, lines: [] })).toContain("no series");
});

test("names from outside cannot break out of the page", () => {
  const html = page({ ...query, panel: hostile, lines: [{ name: hostile, samples: [[0, 1]] }] });
  expect(html).not.toContain("<script>");
});

test("a line is broken where samples are missing, and steps are not", () => {
  const x = linearScale(10, 0, 10);
  const samples = [
    [0, 1],
    [1, 1],
    [5, 1],
  ] as const;
  expect(linePath(samples, x, x)).toBe("M0 1h0.1L1 1M5 1h0.1");
  expect(linePath(samples, x, x, true)).toBe("M0 1h0.1H1V1H5V1");
});

test("numbers of an axis are short", () => {
  expect([0, 0.1234, 12, 1_234, 5_600_000, 2e9, -1_500].map(shortNumber)).toEqual([
    "0",
    "0.123",
    "12",
    "1.23k",
    "5.6M",
    "2G",
    "-1.5k",
  ]);
});
