/** What promtool does not check: that every alert says what it has to, and leads to a page. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { replicaCount } from "../production-stack.ts";

const root = new URL("../../", import.meta.url);
const rules = readFileSync(new URL("prometheus/rules/alerts.yml", import.meta.url), "utf8");

interface Alert {
  readonly name: string;
  readonly text: string;
}

function alertsIn(text: string): Alert[] {
  return text
    .split(/^ +- alert: /m)
    .slice(1)
    .map((part) => ({ name: /^\w+/.exec(part)?.[0] ?? "", text: part }));
}

/** What is missing or wrong in the alerts, given the pages that there are. */
function findingsIn(text: string, pages: readonly string[]): string[] {
  const alerts = alertsIn(text);
  const names = alerts.map(({ name }) => name);
  return [
    ...alerts.flatMap(({ name, text }) => [
      ...["summary", "description", "runbook_url"].flatMap((annotation) =>
        new RegExp(`^ {10}${annotation}: \\S`, "m").test(text) ? [] : [`${name}: no ${annotation}`],
      ),
      ...(/labels: \{ severity: (?:critical|warning) \}/.test(text)
        ? []
        : [`${name}: no severity`]),
      ...(text.includes(`runbook_url: docs/runbooks/${name}.md\n`) ? [] : [`${name}: other page`]),
      ...(pages.includes(`${name}.md`) ? [] : [`${name}: no page`]),
    ]),
    ...pages.flatMap((page) =>
      names.includes(page.replace(/\.md$/, "")) ? [] : [`${page}: no alert`],
    ),
  ];
}

const pages = readdirSync(new URL("docs/runbooks/", root));

test("every alert has severity, summary, description and a page; every page has an alert", () => {
  expect(alertsIn(rules).length).toBeGreaterThan(10);
  expect(findingsIn(rules, pages)).toEqual([]);
});

test("an alert without one of them, and a page without an alert, are found", () => {
  const without = (words: string) => findingsIn(rules.replace(words, "x: "), pages);
  expect(without("summary: ")).toEqual(["ErrorBudgetBurnFast: no summary"]);
  expect(without("{ severity: critical }")).toEqual(["ErrorBudgetBurnFast: no severity"]);
  expect(without("runbooks/RedisDown.md")).toEqual(["RedisDown: other page"]);
  expect(
    findingsIn(
      rules,
      pages.filter((page) => page !== "RedisDown.md"),
    ),
  ).toEqual(["RedisDown: no page"]);
  expect(findingsIn(rules, [...pages, "Gone.md"])).toEqual(["Gone.md: no alert"]);
});

test("a page says what the alert means, whom it hurts, where to look and what to do", () => {
  for (const page of pages) {
    const text = readFileSync(new URL(`docs/runbooks/${page}`, root), "utf8");
    for (const part of ["**Meaning.** ", "**Impact.** ", "## Diagnosis\n", "## Mitigation\n"]) {
      expect(text, page).toContain(part);
    }
  }
});

test("the alert on replicas counts as many as there are", () => {
  const compose = readFileSync(new URL("stack/compose.yaml", root), "utf8");
  expect(Number(/^ +replicas: (\d+)$/m.exec(compose)?.[1])).toBe(replicaCount);
  expect(rules).toContain(`or vector(0)) < ${replicaCount}\n`);
});

test("a kill of a replica is pending and firing within a minute", () => {
  const text = alertsIn(rules).find(({ name }) => name === "ServerReplicaDown")?.text ?? "";
  const seconds = (pattern: RegExp, of: string) => Number(pattern.exec(of)?.[1]);
  const config = readFileSync(new URL("prometheus/prometheus.yml", import.meta.url), "utf8");
  const noticed = seconds(/^ {2}scrape_interval: (\d+)s$/m, config);
  const evaluated = seconds(/^ {2}evaluation_interval: (\d+)s$/m, config);
  const held = seconds(/^ {8}for: (\d+)s$/m, text);
  expect(noticed + evaluated).toBeLessThanOrEqual(10);
  // Once to become pending, and once more after it was held.
  expect(noticed + 2 * evaluated + held).toBeLessThanOrEqual(30);
});
