import { spansOf, type Span } from "./spans.ts";
import { formatBytes, formatDuration, formatNumberOf, keepUnits } from "./format.ts";
import { gradesCard } from "./grades-card.ts";
import { exitCodeWords, verdictWords } from "./headline.ts";
import { Markup, markup } from "./markup.ts";
import { readRun, type RunRecord } from "./run-record.ts";
import { runFiles, writeRunFile, type Run } from "./run-store.ts";
import { promises } from "./slo.ts";
import { criteriaTable, promiseTiles, shorten } from "./summary-criteria.ts";
import { evidenceCards } from "./summary-evidence.ts";
import { trendCard } from "./summary-trend.ts";
import { summaryStyle } from "./summary-style.ts";
import { timelineStyle } from "./timeline-style.ts";
import type { RunVerdict } from "./verdict.ts";
import { reproduceCommand } from "./witnesses.ts";

const tones = {
  GO: { tone: "go", sign: "✓" },
  GO_WITH_WARNINGS: { tone: "go", sign: "✓" },
  NO_GO: { tone: "no", sign: "✕" },
  INCONCLUSIVE: { tone: "open", sign: "?" },
} as const satisfies Record<RunVerdict["verdict"], { tone: string; sign: string }>;

/** A page carries no endless list; the record has them all. */
const pointsMax = 60;
/** Small enough for a mail or a preview; the pictures take what the words leave. */
const pageBytesMax = 295_000;

/** Writes `summary.html` of a run from its record. */
export function writeSummary(run: Run): void {
  writeRunFile(run, runFiles.summary, summaryHtml(readRun(run)));
}

/**
 * A run on one page for people who open one file: the verdict and what decided it, every promise
 * with its numbers, pictures of what clients saw, what was not measured, and how to repeat it.
 *
 * Self-contained: no script, no request (its own policy forbids both), below 300 kB.
 */
function summaryHtml(record: RunRecord): string {
  const bytesWithoutEvidence = Buffer.byteLength(pageWith(record, []).text);
  const evidence = evidenceCards(record, pageBytesMax - bytesWithoutEvidence);
  return `${pageWith(record, evidence).text}\n`;
}

function pageWith(record: RunRecord, evidence: readonly Markup[]): Markup {
  const { verdict } = record;
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${verdictWords(verdict)} · Hyper-Mission ${verdict.runId}</title>
<style>${new Markup(`${summaryStyle}${timelineStyle}`)}</style></head><body><main>
${top(verdict)}
${verdictBar(verdict)}
<h2>Promises</h2><div class="card">${criteriaTable(verdict)}</div>
${openPoints(verdict)}
${trendCard(verdict)}
<h2>What was seen</h2>
${record.records.length === 0 ? markup`<p class="soft">Nothing was recorded.</p>` : markup`<div class="cards">${evidence}</div>`}
<h2>What was tested, and where</h2>
${imagesCard(verdict)}
${gradesCard(record)}
<div class="card"><h3>Machine</h3>${factsOf({ ...verdict.machine })}</div>
${spansCard(spansOf(record.events))}
<h2>Repeat it</h2>
${repeatCard(verdict)}
<footer>Made from the record of the run alone; judge it again without a container engine by
<code>npm run rejudge -- ${verdict.runId}</code>.</footer>
</main></body></html>`;
}

function top(verdict: RunVerdict): Markup {
  const started = verdict.startedAt?.replace("T", " ").replace(/\.\d+Z$/, " UTC") ?? "not started";
  return markup`<header class="top"><h1>Hyper-Mission: may this be released?</h1>
<span class="small soft">run ${verdict.runId} · ${started} · profile ${verdict.profile ?? "unknown"} ·
seed ${verdict.seed ?? "unknown"} · commit <span class="mono">${verdict.commit?.slice(0, 12) ?? "unknown"}</span></span></header>`;
}

function verdictBar(verdict: RunVerdict): Markup {
  const { tone, sign } = tones[verdict.verdict];
  const claimed = promises.length - verdict.notClaimed.length;
  const partial =
    verdict.scope === "full"
      ? null
      : markup`<p class="soft">A partial run is judged over its own claims and is never a release verdict.</p>`;
  return markup`<section class="card verdict ${tone}">
<p class="word"><span aria-hidden="true">${sign}</span>${verdictWords(verdict)}</p>
${whyOf(verdict)}${partial}
${promiseTiles(verdict)}
<dl class="figures">
<div><dt>criteria passed</dt><dd>${verdict.counts.passed} of ${verdict.criteria.length}</dd></div>
<div><dt>promises with a claim</dt><dd>${claimed} of ${promises.length}</dd></div>
<div><dt>took</dt><dd>${verdict.durationMs === null ? "not finished" : formatDuration(verdict.durationMs)}</dd></div>
<div><dt>left behind</dt><dd>${leftBehind(verdict)}</dd></div>
<div><dt>exit code</dt><dd>${verdict.exitCode} <span class="small soft">${exitCodeWords(verdict.exitCode)}</span></dd></div>
</dl></section>`;
}

/** The headline, or every criterion that failed where there are several: none hides another. */
function whyOf(verdict: RunVerdict): Markup {
  const failed = verdict.criteria.filter(({ state }) => state === "failed");
  if (failed.length < 2) return markup`<p class="why sentence">${shorten(verdict.headline)}</p>`;
  const items = failed.map(
    ({ id, title, evidence }) =>
      markup`<li><a href="#${id}">${id}</a> ${title}: ${shorten(evidence)}</li>`,
  );
  return markup`<p class="why">${failed.length} criteria failed</p><ul>${items}</ul>`;
}

function leftBehind({ harness }: RunVerdict): string {
  if (harness.leftovers === null) return "not counted";
  return harness.leftovers.length === 0
    ? "nothing"
    : formatNumberOf(harness.leftovers.length, "resource");
}

/** What keeps the picture from being whole; always there, so that silence is no answer. */
function openPoints(verdict: RunVerdict): Markup {
  const points = [
    ...verdict.harness.errors.map((error) => `Harness error: ${error}`),
    ...(verdict.harness.cancelledBy === null
      ? []
      : [`Cancelled by ${verdict.harness.cancelledBy}; what was judged after it does not count.`]),
    ...verdict.criteria
      .filter(({ state }) => state === "unknown" || state === "not-measured")
      .map(({ id, title, evidence }) => `${id}, ${title}: ${evidence}`),
    ...verdict.claims
      .filter(({ state }) => state === "broken" || state === "unfinished" || state === "not-run")
      .map(
        ({ claim, state, error }) =>
          `Claim ${claim}: ${state}${error === null ? "" : `, ${error}`}; ` +
          `again: ${reproduceCommand(claim, verdict.seed)}`,
      ),
    ...(verdict.harness.leftovers ?? []).map((leftover) => `Left behind: ${leftover}`),
    ...verdict.warnings.map((warning) => `Warning: ${warning}`),
  ];
  return markup`<h2>What was not measured</h2><div class="card">${
    points.length === 0
      ? markup`<p>Every criterion of this run was measured and judged.</p>`
      : markup`<ul>${points.slice(0, pointsMax).map((point) => markup`<li class="sentence">${shorten(point)}</li>`)}</ul>`
  }${claimless(verdict)}</div>`;
}

function claimless({ notClaimed }: RunVerdict): readonly Markup[] {
  const reasons = [...new Set(notClaimed.map(({ why }) => why))];
  return reasons.map((reason) => {
    const ids = notClaimed.filter(({ why }) => why === reason).map(({ promise }) => promise);
    return markup`<p class="soft">Nothing is claimed about ${ids.join(", ")}: ${reason}.</p>`;
  });
}

function imagesCard({ stack }: RunVerdict): Markup {
  const source = {
    registry: "official images from a registry",
    airgap: "air-gapped drop-ins built from Debian packages, same topology and configuration",
  };
  const words = stack.source === null ? "no image is on record" : source[stack.source];
  const rows = stack.images.map(
    ({ service, reference, digest, bytes }) => markup`<tr><td>${service}</td>
<td class="mono">${reference}<div class="soft">${digest}</div></td>
<td class="right">${formatBytes(bytes)}</td></tr>`,
  );
  return markup`<div class="card"><h3>Images</h3><p class="small soft">${words}${
    stack.warm === true ? "; the stack was already up when the run began" : ""
  }</p>${
    rows.length === 0
      ? null
      : markup`<div class="scroll"><table class="small"><thead><tr><th>Service</th><th>Reference and digest</th>
<th class="right">Size</th></tr></thead><tbody>${rows}</tbody></table></div>`
  }</div>`;
}

function factsOf(facts: Readonly<Record<string, string>>): Markup {
  const entries = Object.entries(facts);
  if (entries.length === 0) return markup`<p class="soft">not on record</p>`;
  return markup`<dl class="facts small">${entries.map(
    ([name, value]) => markup`<dt>${name}</dt><dd>${shorten(value)}</dd>`,
  )}</dl>`;
}

function spansCard(spans: readonly Span[]): Markup | null {
  if (spans.length === 0) return null;
  const longest = Math.max(1, ...spans.map(({ durationMs }) => durationMs));
  const rows = spans.map(
    ({ name, durationMs }) => markup`<tr><td>${name}</td><td class="length">
<span class="track" style="width:${((durationMs / longest) * 100).toFixed(1)}%"></span></td>
<td class="right">${keepUnits(formatDuration(durationMs))}</td></tr>`,
  );
  return markup`<div class="card"><h3>Where the time went</h3>
<table class="spans small"><tbody>${rows}</tbody></table></div>`;
}

function repeatCard(verdict: RunVerdict): Markup {
  const link = (path: string, words: string) => markup`<li><a href="${path}">${words}</a></li>`;
  return markup`<div class="card">${factsOf({
    command: verdict.command ?? "not on record",
    commit: verdict.commit ?? "not on record",
    "one claim alone": reproduceCommand("<claim>", verdict.seed),
  })}<h4>Beside this page</h4><ul>
${link(`${runFiles.allureReport}/index.html`, "all tests, steps and attachments (Allure; needs Java to be made)")}
${link(runFiles.verdict, "verdict.json, the same for machines")}
${link(runFiles.junit, "junit.xml")}
${link(runFiles.events, "events.jsonl, everything as it happened")}
</ul></div>`;
}
