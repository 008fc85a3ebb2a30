import { expect, test } from "vitest";
import { hostile, runEvents } from "./hand-made-runs.ts";
import { openMetrics } from "./open-metrics.ts";
import { allObjectives, slo } from "./slo.ts";
import { decide } from "./verdict.ts";

/** A parser of OpenMetrics 1.0 by its ABNF, as far as gauges, infos and state sets need it. */
const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/.source;
const escapedText = /(?:[^"\\\n]|\\["\\n])*/.source;
const label = `[a-zA-Z_][a-zA-Z0-9_]*="${escapedText}"`;
const number = /(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|NaN|[+-]Inf)/.source;
const sampleLine = new RegExp(`^(${metricName})(\\{(?:${label}(?:,${label})*)?\\})? (${number})$`);
const metadataLine = new RegExp(`^# (TYPE|UNIT|HELP) (${metricName}) (.+)$`);
const suffixes: Readonly<Record<string, string>> = { info: "_info", gauge: "", stateset: "" };

/** What is wrong with a text; empty for a valid one. */
function problemsOf(text: string): readonly string[] {
  if (!text.endsWith("# EOF\n")) return ["it does not end in # EOF and a line end"];
  const problems: string[] = [];
  const types = new Map<string, string>();
  const samples = new Set<string>();
  let family = "";
  for (const line of text.slice(0, -"# EOF\n".length).split("\n").slice(0, -1)) {
    const [, keyword, name = "", rest = ""] = metadataLine.exec(line) ?? [];
    if (keyword === "TYPE") {
      if (types.has(name)) problems.push(`${name} has two types`);
      if (!(rest in suffixes)) problems.push(`${name} is of the type ${rest}`);
      types.set(name, rest);
      family = name;
    } else if (keyword !== undefined) {
      if (name !== family) problems.push(`${keyword} of ${name} stands in ${family}`);
      if (keyword === "UNIT" && !name.endsWith(`_${rest}`))
        problems.push(`${name} is not in ${rest}`);
    } else {
      const [, sample, labels = ""] = sampleLine.exec(line) ?? [];
      const expected = family + (suffixes[types.get(family) ?? ""] ?? "");
      if (sample !== expected) problems.push(`"${line}" is no sample of ${family}`);
      if (samples.has(`${sample}${labels}`)) problems.push(`${sample}${labels} stands twice`);
      samples.add(`${sample}${labels}`);
    }
  }
  return problems;
}

test("a run is valid OpenMetrics with every criterion", () => {
  const text = openMetrics(decide(runEvents({ statuses: { [slo.handshake.id]: "failed" } })));

  expect(problemsOf(text)).toEqual([]);
  expect(text).toContain('hyper_mission_verdict{hyper_mission_verdict="NO_GO"} 1\n');
  expect(text).toContain('hyper_mission_verdict{hyper_mission_verdict="GO"} 0\n');
  expect(text).toContain('hyper_mission_criteria{state="failed"} 1\n');
  expect(text.match(/^hyper_mission_criterion_passed\{/gm)).toHaveLength(allObjectives.length);
  expect(text).toContain('state="failed"} 0\n');
});

test("a run without anything is valid, and not good", () => {
  const text = openMetrics(decide([]));

  expect(problemsOf(text)).toEqual([]);
  expect(text).toContain('{hyper_mission_verdict="INCONCLUSIVE"} 1\n');
});

test("text from a log cannot break out of a label", () => {
  const events = runEvents().map((event) =>
    event.type === "run-started" ? { ...event, branch: `a"} 1\n${hostile}\\` } : event,
  );

  expect(problemsOf(openMetrics(decide(events)))).toEqual([]);
});

test.each([
  ["no end", "# TYPE a gauge\na 1\n"],
  ["a sample of another family", "# TYPE a gauge\nb 1\n# EOF\n"],
  ["an open label", '# TYPE a gauge\na{b="c} 1\n# EOF\n'],
  ["a number that is none", "# TYPE a gauge\na one\n# EOF\n"],
  ["the same sample twice", "# TYPE a gauge\na 1\na 2\n# EOF\n"],
  ["an info without its suffix", "# TYPE a info\na 1\n# EOF\n"],
  ["two types", "# TYPE a gauge\na 1\n# TYPE a gauge\n# EOF\n"],
  ["a unit that is not in the name", "# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n"],
])("the parser of this test sees %s", (_, text) => {
  expect(problemsOf(text)).not.toEqual([]);
});
