import { spansOf, type Span } from "./spans.ts";
import { formatBytes, formatDuration, formatNumberOf, formatShare, keepUnits } from "./format.ts";
import { exitCodeWords, verdictWords } from "./headline.ts";
import { Markup, markup } from "./markup.ts";
import { panelsPage } from "./panels-page.ts";
import { readRun, type RunRecord } from "./run-record.ts";
import { runFiles, writeRunFile, type Run } from "./run-store.ts";
import { checkVerdict } from "./shapes.ts";
import { promises } from "./slo.ts";
import { criteriaTable, shorten, verdictMarks } from "./summary-criteria.ts";
import { evidenceCards, type Evidence } from "./summary-evidence.ts";
import { openPoints } from "./summary-open.ts";
import { roadmapTable } from "./summary-roadmap.ts";
import { summaryStyle } from "./summary-style.ts";
import { transportCards } from "./summary-transport.ts";
import { trendCard } from "./summary-trend.ts";
import { timelineStyle } from "./timeline-style.ts";
import type { RunVerdict } from "./verdict.ts";
import { reproduceCommand } from "./witnesses.ts";

const decidersShownMax = 8;

/** Small enough for a mail or a preview; the pictures take what the words leave. */
const pageBytesMax = 295_000;
/** What pictures need to show anything; texts are cut before they get less. */
const evidenceBytesMin = 40_000;
/** Lengths to which the texts of a run are cut, one after the other, until the page is small enough. */
const textLengths = [1_200, 400, 120] as const;

/** Writes `summary.html` of a run from its record, and `dashboards.html` where panels were asked. */
export function writeSummary(run: Run): void {
  const record = readRun(run);
  writeRunFile(run, runFiles.summary, summaryHtml(record));
  const asked = record.records.findLast((stored) => stored.record?.kind === "panels")?.record;
  if (asked?.kind !== "panels") return;
  writeRunFile(run, runFiles.dashboards, panelsPage(`Dashboards of run ${run.id}`, asked.seen));
}

/**
 * A run on one page for people who open one file: the verdict and what decided it, every promise
 * with its numbers, pictures of what clients saw, what was not measured, and how to repeat it.
 *
 * Self-contained: no script, no request (its own policy forbids both), below 300 kB. What does not
 * fit is cut, and a line says so.
 */
function summaryHtml(record: RunRecord): string {
  const words = wordsThatFit(record);
  const bytesOfWords = Buffer.byteLength(pageWith(words, noEvidence).text);
  const bytesLeft = pageBytesMax - bytesOfWords - noteBytes;
  const evidence = evidenceCards(words.record, bytesLeft);
  return `${pageWith(words, evidence).text}\n`;
}

const noEvidence: Evidence = { cards: [], note: null };
/** What a line about pictures that were left out takes. */
const noteBytes = 500;

/** A run with the texts that its page can carry. */
interface Words {
  readonly record: RunRecord;
  /** What was cut; `null` where nothing was. */
  readonly note: string | null;
  readonly hasCriteria: boolean;
}

function wordsThatFit(record: RunRecord): Words {
  const whole: Words = { record, note: null, hasCriteria: true };
  const [, ...shorter] = textLengths;
  const cut = shorter.map((length): Words => {
    const note = `texts longer than ${length} characters are cut; verdict.json has them whole`;
    const verdict = withShortTexts(record.verdict, length);
    return { record: { ...record, verdict }, note, hasCriteria: true };
  });
  const fitting = [whole, ...cut].find(
    (words) =>
      Buffer.byteLength(pageWith(words, noEvidence).text) <= pageBytesMax - evidenceBytesMin,
  );
  return fitting ?? withoutCriteria(cut.at(-1) ?? whole);
}

function withoutCriteria({ record, note }: Words): Words {
  const count = formatNumberOf(record.verdict.criteria.length, "criterion", "criteria");
  const left = `the table of ${count} is left out; verdict.json has it`;
  return { record, note: [note, left].filter(Boolean).join("; "), hasCriteria: false };
}

function withShortTexts(verdict: RunVerdict, lengthMax: number): RunVerdict {
  const cut = (_: string, value: unknown): unknown =>
    typeof value === "string" && value.length > lengthMax
      ? `${value.slice(0, lengthMax)} …`
      : value;
  return checkVerdict("a verdict with short texts", JSON.parse(JSON.stringify(verdict, cut)));
}

function pageWith({ record, note, hasCriteria }: Words, evidence: Evidence): Markup {
  const { verdict } = record;
  const cuts = [note, evidence.note].filter((each) => each !== null);
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${verdictWords(verdict)} · Hyper-Mission ${verdict.runId}</title>
<style>${new Markup(`${summaryStyle}${timelineStyle}`)}</style></head><body><main>
${top(verdict)}
${verdictBar(verdict, mutantOf(record))}
<h2>The roadmap's promises</h2><div class="card">${roadmapTable(verdict)}</div>
${openPoints(verdict)}
<h2>What was seen</h2>
${cuts.map((cut) => markup`<p class="cut">To keep this page below 300 kB, ${cut}.</p>`)}
${record.records.length === 0 ? markup`<p class="soft">Nothing was recorded.</p>` : markup`<div class="cards">${evidence.cards}</div>`}
${transportCards(record)}
${trendCard(verdict)}
<h2>Every criterion</h2>
${hasCriteria ? markup`<div class="card">${criteriaTable(verdict)}</div>` : null}
<h2>What was tested, and where</h2>
${imagesCard(verdict)}
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

/** What was broken on purpose in the stack of this run; `null` for a stack as it ships. */
function mutantOf({ events }: RunRecord): string | null {
  const told = events.find((event) => event.type === "phase" && event.phase === "mutant");
  return told?.type === "phase" ? told.detail : null;
}

function verdictBar(verdict: RunVerdict, mutant: string | null): Markup {
  const { tone, sign } = verdictMarks[verdict.verdict];
  const claimed = promises.length - verdict.notClaimed.length;
  const partial =
    verdict.scope === "full"
      ? null
      : markup`<p class="soft">A partial run is judged over its own claims and is never a release verdict.</p>`;
  return markup`<section class="card verdict ${tone}">
<p class="word"><span aria-hidden="true">${sign}</span>${verdictWords(verdict)}</p>
${whyOf(verdict)}${decidedBy(verdict)}
${mutant === null ? null : markup`<p>This stack was broken on purpose: ${shorten(mutant)}.</p>`}${partial}
<dl class="figures">
<div><dt>criteria passed</dt><dd>${verdict.counts.passed} of ${verdict.criteria.length}</dd></div>
<div><dt>promises with a claim</dt><dd>${claimed} of ${promises.length}</dd></div>
<div><dt>took</dt><dd>${verdict.durationMs === null ? "not finished" : formatDuration(verdict.durationMs)}</dd></div>
${closestFigure(verdict)}
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

/** What decided, as links where they lead to a criterion of this page. */
function decidedBy({ decidedBy: ids, criteria }: RunVerdict): Markup | null {
  if (ids.length === 0) return null;
  const shown = ids.slice(0, decidersShownMax).map((id, index) => {
    const name = criteria.some((criterion) => criterion.id === id)
      ? markup`<a href="#${id}">${id}</a>`
      : markup`${shorten(id)}`;
    return markup`${index === 0 ? "" : ", "}${name}`;
  });
  const rest = ids.length - shown.length;
  return markup`<p class="small">Decided by ${shown}${rest > 0 ? ` and ${rest} more` : ""}.</p>`;
}

/** The passed number with the least way left to its limit: where the next failure is to be expected. */
function closestFigure({ criteria }: RunVerdict): Markup | null {
  const [closest] = criteria
    .flatMap(({ id, state, deciding }) => {
      const marginShare = deciding?.marginShare ?? null;
      // What has to be exactly so many has no way left, and says nothing by it.
      const isClose = state === "passed" && marginShare !== null && marginShare !== 0;
      return isClose ? [{ id, marginShare }] : [];
    })
    .toSorted((left, right) => left.marginShare - right.marginShare);
  if (closest === undefined) return null;
  const { id, marginShare } = closest;
  return markup`<div><dt>closest to its limit</dt><dd>${keepUnits(formatShare(marginShare, 0))} left
<span class="small"><a href="#${id}">${id}</a></span></dd></div>`;
}

function leftBehind({ harness }: RunVerdict): string {
  if (harness.leftovers === null) return "not counted";
  return harness.leftovers.length === 0
    ? "nothing"
    : formatNumberOf(harness.leftovers.length, "resource");
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
