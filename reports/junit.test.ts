import { expect, test } from "vitest";
import { hostile, runEvents } from "./hand-made-runs.ts";
import { junitXml } from "./junit.ts";
import { manifest } from "./manifest.ts";
import { allObjectives, slo } from "./slo.ts";
import { decide } from "./verdict.ts";

const criteriaCount = allObjectives.length;

test("a good run has a passed case per criterion and per claim, and one for the verdict", () => {
  const xml = junitXml(decide(runEvents()));

  expect(xml).toContain(
    `<testsuite name="criteria" tests="${criteriaCount}" failures="0" errors="0"`,
  );
  expect(xml).toContain(`<testsuite name="claims" tests="${manifest.length}" failures="0"`);
  expect(xml).toContain('name="release verdict"');
  expect(xml).not.toMatch(/<failure|<error/);
});

test("what failed is a failure, what is unknown or was not measured is an error", () => {
  const statuses = {
    [slo.durabilityAcrossKill.id]: "failed",
    [slo.balance.id]: null,
    [slo.handshake.id]: "unknown",
  } as const;
  const xml = junitXml(decide(runEvents({ statuses })));

  expect(xml).toContain(
    `<testsuite name="criteria" tests="${criteriaCount}" failures="1" errors="2"`,
  );
  expect(xml).toMatch(/SC-4\.kill[^\n]*>\n\s*<failure message="failed: 0 of 3,000 wrong">/);
  expect(xml).toContain('<error message="not measured: its claim ended as passed without judging');
  expect(xml).toContain('<failure message="NO-GO: acknowledged missions survive');
});

test("a run without any event is not empty and not good", () => {
  const xml = junitXml(decide([]));

  expect(xml).toContain('tests="1" failures="0" errors="1"');
  expect(xml).toContain("the run is not finished");
});

test("text from a log cannot break out", () => {
  const xml = junitXml(decide(runEvents({ evidence: hostile })));

  expect(xml).not.toContain("<script>");
  expect(xml).not.toContain("\u0000");
  expect(xml).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;quoted&#39;");
});
