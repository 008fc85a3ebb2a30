import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generateAllureReport } from "./allure-report.ts";
import { writeAllureExtras } from "./allure.ts";
import { hostile, runEvents, writeEvents, type RunChanges } from "./hand-made-runs.ts";
import { lostReplica, panelQuery } from "./hand-made-monitoring.ts";
import { fault, history, judgedHistory, operations } from "./hand-made.ts";
import { judgements } from "./oracles/registry.ts";
import { appendEvent, createRun, writeRecord, type Run } from "./run-store.ts";
import { allObjectives, slo } from "./slo.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "allure-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function storedRun(changes: RunChanges = {}): Run {
  const run = createRun(root, "run-1");
  const seen = history({ operations: operations(50, 10), faults: [fault()] });
  const record = writeRecord(run, "claims", judgedHistory(seen));
  writeEvents(run, runEvents({ record, ...changes }));
  return run;
}

function results(run: Run): readonly string[] {
  return readdirSync(join(run.directory, "allure-results")).toSorted();
}

function read(run: Run, name: string): string {
  return readFileSync(join(run.directory, "allure-results", name), "utf8");
}

/** The result whose name or full name begins like this. */
function resultOf(run: Run, begin: string): unknown {
  const contents = results(run)
    .filter((file) => file.endsWith("-result.json"))
    .map((file) => read(run, file));
  const own = contents.find((content) =>
    new RegExp(`"(?:name|fullName)":"${begin.replaceAll("/", "\\/")}`).test(content),
  );
  return own === undefined ? null : JSON.parse(own);
}

function verdictOf(run: Run): unknown {
  return resultOf(run, "0 Release verdict");
}

/** A Java that answers to its version, and otherwise runs this line of a shell. */
function javaThat(line: string): NodeJS.ProcessEnv {
  const home = join(root, "jre");
  mkdirSync(join(home, "bin"), { recursive: true });
  const script = `#!/bin/sh\n[ "$1" = -version ] && exit 0\n${line}\n`;
  writeFileSync(join(home, "bin", "java"), script, { mode: 0o755 });
  return { PATH: process.env["PATH"], JAVA_HOME: home };
}

test("a good run has a first result that passed, with criteria and timelines", () => {
  const run = storedRun();

  writeAllureExtras(run);

  expect(verdictOf(run)).toMatchObject({
    name: "0 Release verdict",
    status: "passed",
    statusDetails: {},
    steps: allObjectives.map(() => ({ status: "passed" })),
    attachments: [{ type: "image/svg+xml", name: "Timeline: hand-made" }],
  });
  expect(read(run, "environment.properties")).toContain(
    "Image\\ gateway=hm/gateway\\:1 sha256\\:abc",
  );
  expect(JSON.parse(read(run, "executor.json"))).toMatchObject({ buildName: "run-1" });
  expect(JSON.parse(read(run, "categories.json"))).toHaveLength(3);
});

test("what the monitoring saw is attached, as pictures of their own", () => {
  const run = storedRun();
  const seen = { dashboards: ["Overview"], panels: [panelQuery()], rules: [] };
  for (const record of [judgedHistory(lostReplica()), { kind: "panels", seen } as const]) {
    const path = writeRecord(run, "observability/panels", record);
    const verdict = judgements[0]?.judge(record);
    if (verdict === undefined) throw new Error("there is no judgement");
    appendEvent(run, { type: "judged", claim: "observability/panels", verdict, record: path });
  }

  writeAllureExtras(run);

  const names = JSON.stringify(verdictOf(run));
  expect(names).toContain("The same, as the monitoring saw it");
  expect(names).toContain("Every panel, drawn from live data");
});

test("a missed objective is failed, an open one broken, never a pass", () => {
  const run = storedRun({
    statuses: { [slo.balance.id]: "failed", [slo.handshake.id]: null },
  });

  writeAllureExtras(run);

  expect(verdictOf(run)).toMatchObject({
    status: "failed",
    steps: expect.arrayContaining([
      expect.objectContaining({
        name: expect.stringContaining("VP-2.handshake"),
        status: "broken",
      }),
    ]),
  });
});

test("a run without any event is broken", () => {
  const run = createRun(root, "run-1");

  writeAllureExtras(run);

  expect(verdictOf(run)).toMatchObject({ status: "broken" });
});

test("writing again replaces what was written", () => {
  const run = storedRun();
  writeAllureExtras(run);
  const before = results(run);

  writeAllureExtras(run);

  expect(results(run)).toEqual(before);
});

test("a runner's result gets the promise, the claim and its timeline, once", () => {
  const run = storedRun();
  writeAllureExtras(run);
  const name = join(run.directory, "allure-results", "runner-result.json");
  const fullName = "hyper-mission:suites/load/sustained-throughput.test.ts#the API serves";
  writeFileSync(name, JSON.stringify({ fullName, labels: [{ name: "host", value: "x" }] }));
  writeFileSync(join(run.directory, "allure-results", "torn-result.json"), '{"fullName":');

  writeAllureExtras(run);
  const once = read(run, "runner-result.json");
  writeAllureExtras(run);

  expect(JSON.parse(once)).toMatchObject({
    labels: expect.arrayContaining([
      { name: "host", value: "x" },
      {
        name: "epic",
        value: "SC-3 The API handles 100+ requests per second without error",
      },
      { name: "feature", value: "load/sustained-throughput" },
      { name: "tag", value: slo.balance.id },
    ]),
  });
  expect(read(run, "runner-result.json")).toBe(once);
  expect(read(run, "torn-result.json")).toBe('{"fullName":');
});

test("a failed claim has its offending operations as a table, its seed and the way to repeat it", () => {
  const run = storedRun({ statuses: { [slo.balance.id]: "failed" } });
  writeAllureExtras(run);
  const fullName = "hyper-mission:suites/load/sustained-throughput.test.ts#the API serves";
  writeFileSync(
    join(run.directory, "allure-results", "runner-result.json"),
    JSON.stringify({ fullName, parameters: [] }),
  );

  writeAllureExtras(run);

  const table = results(run).find((name) => name.endsWith("-attachment.csv")) ?? "none";
  const again = "npm run suite -- load/sustained-throughput --seed 7";
  const attachment = {
    name: `Offending operations: ${slo.balance.id}`,
    type: "text/csv",
    source: table,
  };
  expect(read(run, table)).toContain('"request-7","GET list missions","70 ms","ok 200","10 ms"');
  expect(JSON.parse(read(run, "runner-result.json"))).toMatchObject({
    parameters: [
      { name: "seed", value: "7", excluded: true },
      { name: "again", value: again, excluded: true },
    ],
    attachments: expect.arrayContaining([attachment]),
  });
  expect(verdictOf(run)).toMatchObject({
    attachments: expect.arrayContaining([attachment]),
    steps: expect.arrayContaining([
      expect.objectContaining({
        parameters: expect.arrayContaining([{ name: "again", value: again }]),
      }),
    ]),
  });
  expect(read(run, "environment.properties")).toContain("Seed=7");
});

test("results of other tests are left as they are", () => {
  const run = storedRun();
  writeAllureExtras(run);
  const content = '{"fullName":"other.test.ts#x","labels":[]}';
  writeFileSync(join(run.directory, "allure-results", "other-result.json"), content);

  writeAllureExtras(run);

  expect(read(run, "other-result.json")).toBe(content);
});

test("a property stays one line whatever it holds", () => {
  const run = storedRun({
    extra: [
      {
        type: "images",
        source: "airgap",
        images: [{ service: "a\nb", reference: hostile, digest: "ü", bytes: 1 }],
      },
    ],
  });

  writeAllureExtras(run);

  const line = read(run, "environment.properties")
    .split("\n")
    .find((each) => each.startsWith("Image\\ a"));
  expect(line).toMatch(/^Image\\ a\\ b=<script>.*\\u0000 \\u00fc$/);
});

test("a folder without results is refused", async () => {
  const run = createRun(root, "run-1");

  expect(await generateAllureReport(run.directory)).toMatchObject({
    generated: false,
    why: expect.stringContaining("holds no result"),
  });
  mkdirSync(join(run.directory, "allure-results"));
  expect(await generateAllureReport(run.directory)).toMatchObject({ generated: false });
  expect(existsSync(join(run.directory, "allure-report"))).toBe(false);
});

test("a machine without Java gets an answer, not an exception, and keeps no older report", async () => {
  const run = storedRun();
  writeAllureExtras(run);
  mkdirSync(join(run.directory, "allure-report"));
  writeFileSync(join(run.directory, "allure-report", "index.html"), "older");

  const answer = await generateAllureReport(run.directory, { environment: { PATH: root } });

  expect(answer).toMatchObject({
    generated: false,
    why: expect.stringContaining("Allure needs Java"),
  });
  expect(existsSync(join(run.directory, "allure-report"))).toBe(false);
});

test("a generator that fails is told with its words", async () => {
  const run = storedRun();
  writeAllureExtras(run);

  const environment = javaThat("exit 9");
  const answer = await generateAllureReport(run.directory, { environment });

  expect(answer).toMatchObject({
    generated: false,
    why: expect.stringContaining("allure generate ended with 9"),
  });
});

test("a torn result makes no report", async () => {
  const run = storedRun();
  writeAllureExtras(run);
  writeFileSync(join(run.directory, "allure-results", "torn-result.json"), '{"fullName":');

  expect(await generateAllureReport(run.directory)).toMatchObject({
    generated: false,
    why: expect.stringContaining("torn-result.json is torn"),
  });
});

/** Writes a report that tells of that many tests wherever the generator was told to write one. */
function reportOf(total: number): string {
  const data = Buffer.from(JSON.stringify({ statistic: { total } })).toString("base64");
  const page = `d('widgets/summary.json','${data}')`;
  return [
    'while [ $# -gt 0 ]; do [ "$1" = -o ] && out="$2"; shift; done',
    `mkdir -p "$out" && cat > "$out/index.html" <<'END'\n${page}\nEND`,
  ].join("\n");
}

test("a report counts only when it tells of every test", async () => {
  const run = storedRun();
  writeAllureExtras(run);
  const count = results(run).filter((name) => name.endsWith("-result.json")).length;
  const reportWith = (line: string) =>
    generateAllureReport(run.directory, { environment: javaThat(line) });

  expect(await reportWith("exit 0")).toMatchObject({
    generated: false,
    why: expect.stringContaining("saw none that can be read"),
  });
  expect(await reportWith(reportOf(0))).toMatchObject({ generated: false });
  expect(await reportWith(reportOf(count - 1))).toMatchObject({
    generated: false,
    why: expect.stringContaining(`saw ${count - 1}, allowed is all ${count}`),
  });
  expect(existsSync(join(run.directory, "allure-report"))).toBe(false);
  expect(existsSync(join(run.directory, "allure-report.partial"))).toBe(false);
  expect(await reportWith(reportOf(count))).toMatchObject({ generated: true });
  expect(existsSync(join(run.directory, "allure-report", "index.html"))).toBe(true);
});

test("a folder counts by the same rule as one file", async () => {
  const run = storedRun();
  writeAllureExtras(run);
  const count = results(run).filter((name) => name.endsWith("-result.json")).length;
  const folderOf = (total: number) => {
    const line = [
      'while [ $# -gt 0 ]; do [ "$1" = --single-file ] && exit 8; [ "$1" = -o ] && out="$2"; shift; done',
      'mkdir -p "$out/widgets" && touch "$out/index.html"',
      `echo '{"statistic":{"total":${total}}}' > "$out/widgets/summary.json"`,
    ].join("\n");
    return generateAllureReport(run.directory, { environment: javaThat(line), asFolder: true });
  };

  expect(await folderOf(count - 1)).toMatchObject({ generated: false });
  expect(await folderOf(count)).toMatchObject({ generated: true });
});

test("a claim of which no runner left a result has one from the record, once", () => {
  const notRun = { type: "claim-started", claim: "made/up" } as const;
  const run = storedRun({ extra: [notRun] });

  writeAllureExtras(run);
  const before = results(run);
  writeAllureExtras(run);

  expect(results(run)).toEqual(before);
  expect(resultOf(run, "hyper-mission:suites/made/up")).toMatchObject({
    status: "broken",
    statusDetails: {
      message:
        "INCONCLUSIVE: no runner left a result of made/up; the record of the run has it as unfinished",
    },
    labels: expect.arrayContaining([{ name: "feature", value: "made/up" }]),
  });
  expect(resultOf(run, "hyper-mission:suites/tls/handshake")).toMatchObject({ status: "passed" });
});

test("a claim tells its traffic, each moment of its fault and its criteria as steps", () => {
  const run = storedRun({ statuses: { [slo.balance.id]: "failed" } });
  writeAllureExtras(run);
  const fullName = "hyper-mission:suites/load/sustained-throughput.test.ts#the API serves";
  const bare = { fullName, start: 5, steps: [{ name: "of the runner" }] };
  writeFileSync(join(run.directory, "allure-results", "runner-result.json"), JSON.stringify(bare));

  writeAllureExtras(run);

  const completed: unknown = JSON.parse(read(run, "runner-result.json"));
  expect(completed).toMatchObject({
    labels: expect.arrayContaining([{ name: "severity", value: "blocker" }]),
    links: expect.arrayContaining([
      {
        name: `${slo.balance.id} in the summary`,
        url: `../summary.html#${slo.balance.id}`,
        type: "custom",
      },
    ]),
  });
  expect(completed).toHaveProperty("steps.0.name", "of the runner");
  expect(completed).toHaveProperty(
    "steps",
    expect.arrayContaining([
      expect.objectContaining({
        name: expect.stringMatching(/^VP-1\.share: .*: failed$/),
        status: "failed",
        start: 5,
      }),
    ]),
  );
});
