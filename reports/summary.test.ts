import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunEvent } from "./events.ts";
import { earlier, hostile, runEvents, writeEvents, type RunChanges } from "./hand-made-runs.ts";
import { lostReplica, panelQuery } from "./hand-made-monitoring.ts";
import { fault, history, judgedHistory, operations, transport } from "./hand-made.ts";
import type { JudgedRecord } from "./records.ts";
import { createRun, writeRecord, type Run } from "./run-store.ts";
import { allObjectives, promises, slo } from "./slo.ts";
import { writeSummary } from "./summary.ts";

const objectives = allObjectives;
const allPassed = `${objectives.length} of ${objectives.length}`;
const promisesClaimed = `${new Set(objectives.map(({ promise }) => promise)).size} of ${promises.length}`;

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "summary-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const killed: JudgedRecord = judgedHistory(
  history({ title: "a kill", operations: operations(3_000, 10), faults: [fault()] }),
);

function storedRun(changes: RunChanges = {}, stored: JudgedRecord = killed): Run {
  const run = createRun(root, "run-1");
  const record = writeRecord(run, "claims", stored);
  writeEvents(run, runEvents({ record, ...changes }));
  return run;
}

function pageOf(run: Run): string {
  writeSummary(run);
  return readFileSync(join(run.directory, "summary.html"), "utf8");
}

test("a good run says GO in words, with every promise and its numbers", () => {
  const page = pageOf(storedRun());

  expect(page).toContain("<title>GO · Hyper-Mission run-1</title>");
  expect(page).toContain(allPassed);
  expect(page).toContain(promisesClaimed);
  for (const { id, title } of objectives) {
    expect(page).toContain(`<tr id="${id}">`);
    expect(page).toContain(title);
  }
  expect(page).not.toContain("Nothing is claimed about");
  expect(page).toContain("sha256:abc");
  expect(page).toContain("npm run validate");
  expect(page).toContain("Timeline: a kill");
});

test("one criterion that failed is the headline, several are all named", () => {
  const one = pageOf(storedRun({ statuses: { [slo.balance.id]: "failed" } }));
  rmSync(join(root, "run-1"), { recursive: true });
  const two = pageOf(
    storedRun({ statuses: { [slo.balance.id]: "failed", [slo.handshake.id]: "failed" } }),
  );

  expect(one).toContain("NO-GO");
  expect(one).toContain(`${slo.balance.title}: 0 of 3,000 wrong`);
  expect(two).toContain("2 criteria failed");
  expect(two).toContain(`<a href="#${slo.handshake.id}">`);
});

test("what was not measured is told with its reason", () => {
  const page = pageOf(storedRun({ statuses: { [slo.balance.id]: null } }));

  expect(page).toContain("INCONCLUSIVE");
  expect(page).toContain("? not measured");
  expect(page).toContain("its claim ended as passed without judging it");
});

test("a run that was killed before anything ran has a page that says so", () => {
  const page = pageOf(createRun(root, "run-1"));

  expect(page).toContain("INCONCLUSIVE");
  expect(page).toContain("the run is not finished");
  expect(page).toContain("Nothing was recorded.");
});

test("nothing on the page asks the net, runs, or escapes its quotes", () => {
  const page = pageOf(
    storedRun({
      evidence: hostile,
      extra: [
        { type: "harness-error", what: hostile },
        { type: "warning", what: hostile },
      ],
    }),
  );

  expect(page).not.toContain("<script");
  expect(page).not.toContain("\u0000");
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/\b(?:src|href)="(?:https?:)?\/\//);
  expect(page).not.toMatch(/url\(|@import|\son\w+=/);
});

test("the headers that were seen stand against the expected ones", () => {
  const answers = transport().answers.map((answer) => ({ ...answer, headers: [] }));
  const page = pageOf(storedRun({}, { kind: "transport", seen: transport({ answers }) }));

  expect(page).toContain("strict-transport-security");
  expect(page).toContain('<span class="cross">✕</span> HTTP/1.1: missing');
  expect(page).toContain("offer TLSv1.3");
});

test("what the monitoring saw stands under what clients saw", () => {
  const page = pageOf(storedRun({}, judgedHistory(lostReplica())));

  expect(page).toContain("The same, as the monitoring saw it");
  expect(page).toContain("ServerReplicaDown firing at receiver");
});

test("dashboards have a page of their own, and the summary leads to it", () => {
  const seen = { dashboards: ["Overview"], panels: [panelQuery()], rules: [] };
  const run = storedRun({}, { kind: "panels", seen });

  expect(pageOf(run)).toContain('href="dashboards.html"');
  const dashboards = readFileSync(join(run.directory, "dashboards.html"), "utf8");
  expect(dashboards).toContain("Errors");
});

test("a record that cannot be read is told, and the rest of the page is there", () => {
  const run = storedRun();
  writeFileSync(join(run.directory, "records", "claims-1.json"), "{");

  const page = pageOf(run);

  expect(page).toContain("The record cannot be read");
  expect(page).toContain(allPassed);
});

test("what failed stands with its operations, its seed and the way to repeat it", () => {
  const page = pageOf(storedRun({ statuses: { [slo.balance.id]: "failed" } }));

  expect(page).toContain("seed 7");
  expect(page).toContain(`Offending operations, ${slo.balance.id}`);
  expect(page).toMatch(/request-7<\/td><td>GET list missions<\/td><td>70.ms<\/td><td>ok 200/);
  expect(page).toContain("npm run suite -- load/sustained-throughput --seed 7");
});

test("a claim that broke tells how to run it again", () => {
  const broken = { type: "claim-ended", claim: "tls/handshake", durationMs: 1 } as const;
  const page = pageOf(storedRun({ extra: [{ ...broken, state: "broken", error: "no socket" }] }));

  expect(page).toContain("no socket; again: npm run suite -- tls/handshake --seed 7");
});

/** A run in which each of so many claims has a history of its own, all with the same operations. */
function nightOf(histories: number, operationCount: number): Run {
  const run = createRun(root, "run-1");
  const seen = history({
    operations: operations(operationCount, 5, (sequence) => ({
      endedAtMs: sequence * 5 + 2 + ((sequence * 7_919) % 900),
    })),
    faults: [fault()],
  });
  const events = runEvents();
  writeEvents(run, events);
  const template = events.find(({ type }) => type === "judged");
  for (let count = 0; count < histories; count += 1) {
    const title = `night ${count + 1}.`;
    const record = writeRecord(run, "night", judgedHistory({ ...seen, title }));
    if (template?.type !== "judged") throw new Error("a run has judged events");
    writeEvents(run, [{ ...template, record }]);
  }
  return run;
}

test("a long night of large histories stays below 300 kB, with a picture of each", () => {
  const page = pageOf(nightOf(32, 1_500));

  expect(Buffer.byteLength(page)).toBeLessThan(300_000);
  expect(page.match(/class="timeline"/g)).toHaveLength(32);
  expect(page).toContain("Timeline: night 32.");
});

test("more than can be shown is shown without pictures, the last ones first, and a line says so", () => {
  const page = pageOf(nightOf(90, 500));

  expect(Buffer.byteLength(page)).toBeLessThan(300_000);
  expect(page).toContain("Timeline: night 1.");
  expect(page).not.toContain("Timeline: night 90.");
  expect(page).toContain("night 90.");
  expect(page).toMatch(
    /below 300 kB, of 9\d records \d+ shown small, \d+ shown without a picture;/,
  );
});

test("what is shown whole is not said to be cut", () => {
  expect(pageOf(storedRun())).not.toContain("below 300 kB, ");
});

test("endless hostile texts are cut before the page is too large, and a line says so", () => {
  const page = pageOf(storedRun({ evidence: `${hostile} `.repeat(200) }));

  expect(Buffer.byteLength(page)).toBeLessThan(300_000);
  expect(page).toMatch(/below 300 kB, texts longer than \d+ characters are cut/);
  expect(page).toContain("Timeline: a kill");
});

test("a run of more criteria than a page can hold keeps its verdict, its promises and its size", () => {
  const run = storedRun();
  const template = runEvents().find(({ type }) => type === "judged");
  if (template?.type !== "judged") throw new Error("a run has judged events");
  const more = Array.from({ length: 700 }, (_, count) => {
    const objective = `SC-1.made-up-${count}`;
    return { ...template, verdict: { ...template.verdict, objective } };
  });
  writeEvents(run, more);
  const page = pageOf(run);

  expect(Buffer.byteLength(page)).toBeLessThan(300_000);
  expect(page).toMatch(/the table of \d+ criteria is left out; verdict.json has it/);
  expect(page).toContain("<title>GO");
  expect(page).toContain('<a href="#promise-SC-4">SC-4</a>');
}, 30_000);

test("each promise stands in one line with its worst criterion", () => {
  const page = pageOf(storedRun({ statuses: { [slo.balance.id]: "failed" } }));
  const line = /<a href="#promise-VP-1">VP-1<\/a>[^]*?<\/tr>/.exec(page)?.[0] ?? "";
  const before = page.slice(0, page.indexOf('<a href="#promise-VP-1">')).split("<tr>").at(-1);

  expect(before).toContain("✕ failed");
  expect(line).toContain("<b>0</b> wrong");
  expect(line).toContain("n = 3,000");
  expect(line).toContain(slo.balance.limit);
  expect(page).toContain(`Decided by <a href="#${slo.balance.id}">${slo.balance.id}</a>.`);
});

test("earlier runs are a row of signs, and what became worse is marked", () => {
  const page = pageOf(
    storedRun({
      statuses: { [slo.balance.id]: "failed" },
      extra: [{ type: "earlier-runs", earlier: earlier(5) }],
    }),
  );

  expect(page).toContain("3 earlier runs of the same branch");
  expect(page).toContain('aria-label="run-a: GO, 5 min 0 s"');
  expect(page).toContain('aria-label="this run, VP-1: failed"');
  expect(page).toContain(`aria-label="run-b, ${slo.balance.id}: passed"`);
  expect(page).toContain("Against the last passed runs");
  expect(page).toMatch(/\+300.%/);
});

test("a partial run is about its own promises, and a stack broken on purpose is called one", () => {
  const run = createRun(root, "run-1");
  const claims = ["load/sustained-throughput"];
  const detail = `one-defect: ${hostile}`;
  const record = writeRecord(run, "claims", killed);
  const events = runEvents({ record }).flatMap((event): readonly RunEvent[] => {
    if ("claim" in event && !claims.includes(event.claim)) return [];
    if (event.type !== "run-started") return [event];
    return [
      { ...event, claims },
      { at: event.at, type: "phase", phase: "mutant", detail },
    ];
  });
  writeEvents(run, events);
  const page = pageOf(run);

  expect(page).toContain("PASSED (partial run)");
  expect(page).toContain('<a href="#promise-SC-3">SC-3</a>');
  expect(page).not.toContain('<a href="#promise-SC-4">');
  expect(page).toContain("This stack was broken on purpose: one-defect: &lt;script&gt;");
});

test("a waiver stands with its owner, its last day and its reason", () => {
  const waiver = {
    criterion: slo.balance.id,
    owner: "somebody",
    expires: "2026-12-01",
    reason: hostile,
  };
  const page = pageOf(
    storedRun({
      statuses: { [slo.balance.id]: "failed" },
      extra: [{ type: "rules", strict: false, waivers: [waiver] }],
    }),
  );

  expect(page).toContain("<h3>Waivers</h3>");
  expect(page).toContain("<td>used</td><td>2026-12-01</td>");
  expect(page).toContain("! waived");
});

test("the certificate and the headers of the page stand with what was seen", () => {
  const { answers } = transport();
  const bent = answers.map((answer) => ({
    ...answer,
    headers: answer.headers.filter(([name]) => name !== "x-frame-options"),
  }));
  const headers = pageOf(storedRun({}, { kind: "transport", seen: transport({ answers: bent }) }));
  rmSync(join(root, "run-1"), { recursive: true });
  const facts = { names: "DNS:other.test", "days until its end": "89" };
  const leaf = { group: "leaf", name: `CN=${hostile}`, facts };
  const certificate = pageOf(storedRun({}, { kind: "facts", seen: { subjects: [leaf] } }));

  expect(headers).toContain(
    '<dt>x-frame-options</dt><dd><span class="cross">✕</span> missing</dd>',
  );
  expect(headers).toContain('<dt>referrer-policy</dt><dd><span class="tick">✓</span> ');
  expect(certificate).toContain("Certificate of CN=&lt;script&gt;");
  expect(certificate).toContain(
    '<dt>names</dt><dd><span class="cross">✕</span> DNS:other.test</dd>',
  );
  expect(certificate).toContain('<span class="tick">✓</span> 89');
});

test("a run without a past shows no trend", () => {
  expect(pageOf(storedRun())).not.toContain("Before this run");
});
