import type { Criterion } from "./criteria.ts";
import { factsTable } from "./facts-table.ts";
import {
  formatCount,
  formatDuration,
  formatNumberOf,
  formatShare,
  formatValue,
  keepUnits,
} from "./format.ts";
import { headerMatrix } from "./header-matrix.ts";
import { loadPictures } from "./load-pictures.ts";
import { Markup, markup } from "./markup.ts";
import type { FaultWindow, History, JudgedRecord, TransportObservation } from "./records.ts";
import { monitoringPicture } from "./monitoring-picture.ts";
import { returnsOf, wholeAfterMs, type FaultReturn } from "./returns.ts";
import { timelineOptionsFor, type RunRecord, type StoredRecord } from "./run-record.ts";
import { runFiles } from "./run-store.ts";
import { shareBars } from "./share-bars.ts";
import { chipOf, shorten } from "./summary-criteria.ts";
import { returnInWords } from "./timeline-faults.ts";
import { timeline, type TimelineOptions } from "./timeline.ts";
import { reproduceCommand, witnessCells, witnessColumns, witnessesOf } from "./witnesses.ts";

/** More than this makes no picture better. */
const pictureBytesMax = 60_000;
/** A picture of points that has to be smaller than this shows nothing any more. */
const pictureBytesMin = 9_000;
/** What a card needs beside its picture, roughly. */
const wordsBytes = 5_000;
const thumbnailBytesMax = 9_000;
/** Faults that a small card names one by one. */
const faultsNamedMax = 4;

const survivalNames = ["acknowledged", "stored", "lost", "duplicated", "altered", "phantom"];
const badNames = ["lost", "duplicated", "altered", "phantom"];
const survivalOracles = ["durability", "duplicates"];

/** A judged record with what was concluded from it. */
interface Exhibit {
  readonly stored: StoredRecord;
  readonly criteria: readonly Criterion[];
  readonly seed: number | null;
}

/** Cards of a page, and what had to be left out of them. */
export interface Evidence {
  readonly cards: readonly Markup[];
  /** `null` where everything is shown whole. */
  readonly note: string | null;
}

/**
 * One card per judged record, as pictures and numbers: failed first, then those with faults.
 *
 * Together they stay within `bytesMax`: what did not pass has a whole card; what passed has one as
 * well where there is room for all of them, and otherwise a small one with a thumbnail, none, or no
 * card at all. The note counts them.
 */
export function evidenceCards({ verdict, records }: RunRecord, bytesMax: number): Evidence {
  const exhibits = records
    .map((stored): Exhibit => {
      const criteria = verdict.criteria.filter(({ record }) => record === stored.path);
      return { stored, criteria, seed: verdict.seed };
    })
    .toSorted((left, right) => urgencyOf(left) - urgencyOf(right));
  const cards = withinBytes(exhibits, bytesMax);
  let left = bytesMax - bytesOf(cards);
  const upgrade = (index: number, exhibit: Exhibit, pictureBytes: number) => {
    const card = wholeCard(exhibit, pictureBytes);
    const more = bytesOf([{ card }]) - bytesOf(cards.slice(index, index + 1));
    if (more > left) return;
    left -= more;
    cards[index] = { card, size: "whole" };
  };
  const open = exhibits.filter((exhibit) => urgencyOf(exhibit) === 0).length;
  for (const [index, exhibit] of exhibits.slice(0, cards.length).entries()) {
    const share = left / Math.max(1, (index < open ? open : exhibits.length) - index);
    const pictureBytes = Math.min(pictureBytesMax, share - wordsBytes);
    if (index < open || pictureBytes >= pictureBytesMin) {
      upgrade(index, exhibit, Math.max(pictureBytes, pictureBytesMin));
    }
  }
  return { cards: cards.map(({ card }) => card), note: noteOf(cards, exhibits.length) };
}

interface SizedCard {
  readonly card: Markup;
  readonly size: "whole" | "small" | "bare";
}

function noteOf(cards: readonly SizedCard[], records: number): string | null {
  const count = (size: SizedCard["size"]) => cards.filter((card) => card.size === size).length;
  const parts = [
    [count("small"), "shown small"],
    [count("bare"), "shown without a picture"],
    [records - cards.length, "left out"],
  ] as const;
  const told = parts.filter(([number]) => number > 0);
  if (told.length === 0) return null;
  const words = told.map(([number, what]) => `${formatCount(number)} ${what}`).join(", ");
  return `of ${formatNumberOf(records, "record")} ${words}; the Allure report has all of them whole`;
}

function urgencyOf({ stored, criteria }: Exhibit): number {
  if (criteria.some(({ state }) => state !== "passed")) return 0;
  if (stored.record?.kind !== "history") return 3;
  return stored.record.seen.faults.length > 0 ? 1 : 2;
}

function bytesOf(cards: readonly Pick<SizedCard, "card">[]): number {
  return cards.reduce((sum, { card }) => sum + Buffer.byteLength(card.text), 0);
}

/**
 * Small cards; where even these are too many, the least urgent lose their pictures, and at last
 * their place.
 */
function withinBytes(exhibits: readonly Exhibit[], bytesMax: number): SizedCard[] {
  const cards = exhibits.map((exhibit): SizedCard => {
    return { card: smallCard(exhibit, thumbnailOf(exhibit.stored)), size: "small" };
  });
  let bytes = bytesOf(cards);
  for (const [index, exhibit] of [...exhibits.entries()].toReversed()) {
    if (bytes <= bytesMax) break;
    const card = smallCard(exhibit, null);
    bytes += bytesOf([{ card }]) - bytesOf(cards.slice(index, index + 1));
    cards[index] = { card, size: "bare" };
  }
  while (bytes > bytesMax && cards.length > 0) bytes -= bytesOf(cards.splice(-1));
  return cards;
}

function thumbnailOf(stored: StoredRecord): Markup | null {
  return pictureOf(stored, { size: "thumbnail", bytesMax: thumbnailBytesMax });
}

function pictureOf(
  { record, objectives }: StoredRecord,
  options: Partial<TimelineOptions>,
): Markup | null {
  if (record?.kind !== "history") return null;
  const drawing = timeline(record.seen, {
    ...timelineOptionsFor(objectives),
    ...options,
    styled: false,
  });
  // The drawing escapes its own texts, because it is a file of its own elsewhere.
  return new Markup(drawing);
}

function headOf({ stored, criteria, seed }: Exhibit): Markup {
  const { record, claim, path } = stored;
  const title = record?.kind === "history" ? record.seen.title : (criteria[0]?.title ?? claim);
  return markup`<h3 class="sentence">${title}</h3>
<p class="small soft"><a href="${path}">${claim}</a><br>
<code>${reproduceCommand(claim, seed)}</code></p>
<p>${criteria.map(({ state, id }) => markup`<span class="pair">${chipOf(state)} <span class="small soft">${id}</span></span> `)}</p>`;
}

function smallCard(exhibit: Exhibit, picture: Markup | null): Markup {
  const { record } = exhibit.stored;
  const returns = record?.kind === "history" ? returnsOf(record.seen) : [];
  const more = returns.length - faultsNamedMax;
  return markup`<section class="card half">${headOf(exhibit)}
${picture}
${returns.slice(0, faultsNamedMax).map((seen, index) => {
  const number = returns.length > 1 ? `${index + 1} ` : "";
  return markup`<p class="small soft">${number}${seen.fault.name}: ${returnInWords(seen)}</p>`;
})}${more > 0 ? markup`<p class="small soft">and ${formatNumberOf(more, "fault")} more</p>` : null}
</section>`;
}

function wholeCard(exhibit: Exhibit, pictureBytes: number): Markup {
  const { stored, criteria } = exhibit;
  const { record } = stored;
  const picture = pictureOf(stored, { bytesMax: pictureBytes });
  return markup`<section class="card">${headOf(exhibit)}
${picture === null ? null : markup`<div class="scroll">${picture}</div>`}
${criteria.map((criterion) => witnessTable(criterion, record))}
${record?.kind === "history" ? watchedPart(record.seen) : null}
${record?.kind === "history" ? historyParts(record.seen, stored.objectives, criteria) : null}
${record?.kind === "panels" ? panelsPart() : null}
${record?.kind === "transport" ? transportParts(record.seen) : null}
${record?.kind === "facts" ? factsTable(record.seen, stored.objectives) : null}
${record === null ? markup`<p>The record cannot be read: ${shorten(stored.problem ?? "")}</p>` : null}
</section>`;
}

/** What Prometheus saw of the same seconds. */
function watchedPart(history: History): Markup | null {
  const picture = monitoringPicture(history, false);
  if (picture === null) return null;
  return markup`<h4>The same, as the monitoring saw it</h4><div class="scroll">${new Markup(picture)}</div>`;
}

function panelsPart(): Markup {
  return markup`<p><a href="${runFiles.dashboards}">Every panel of every dashboard</a>, drawn from what
the running Prometheus answered.</p>`;
}

/** What broke a criterion, one by one, with how each ended, how long it took and who answered. */
function witnessTable(criterion: Criterion, record: JudgedRecord | null): Markup | null {
  if (criterion.state === "passed" || criterion.witnesses.length === 0) return null;
  const rows = witnessesOf(criterion, record).map((witness) => {
    const [id = "", ...cells] = witnessCells(witness);
    return markup`<tr><td class="mono">${shorten(id)}</td>${cells.map((cell) => markup`<td>${keepUnits(cell)}</td>`)}</tr>`;
  });
  return markup`<h4>Offending operations, ${criterion.id}</h4><div class="scroll"><table class="small tight">
<thead><tr>${witnessColumns.map((name) => markup`<th>${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function historyParts(
  history: History,
  objectives: readonly string[],
  criteria: readonly Criterion[],
): Markup {
  const isAboutReplicas = history.faults.every(({ replica }) => replica !== null);
  const hasReplicas = history.operations.some(({ replica }) => replica !== null);
  const shares = isAboutReplicas ? shareBars(history) : [];
  const options = { ...timelineOptionsFor(objectives), styled: false };
  // The drawings escape their own texts, as the timeline does.
  const pictures = loadPictures(history, options).map(
    ({ drawing }) => markup`<div>${new Markup(drawing)}</div>`,
  );
  return markup`${pictures.length === 0 ? null : markup`<div class="columns">${pictures}</div>`}
${returnsOf(history).map((seen) => recovery(seen, hasReplicas))}
${survival(criteria)}
${shares.length === 0 ? null : markup`<div class="columns">${shares}</div>`}
${numbers(criteria)}
${generatorLine(history)}`;
}

function recovery(seen: FaultReturn, hasReplicas: boolean): Markup {
  const { fault, serviceAfterMs } = seen;
  const step = (atMs: number | null, words: string) => {
    const after = atMs === null ? "never" : `+${formatDuration(atMs - fault.injectedAtMs)}`;
    return markup`<li><b>${after}</b><span class="small soft">${words}</span></li>`;
  };
  const from = (afterMs: number | null) => (afterMs === null ? null : fault.injectedAtMs + afterMs);
  const load = [
    fault.inFlightAtInjection === null ? "" : `, ${fault.inFlightAtInjection} in flight`,
    fault.acknowledgedJustBefore === null
      ? ""
      : `, ${fault.acknowledgedJustBefore} acknowledged just before`,
  ].join("");
  return markup`<h4>${fault.name}</h4><ol class="steps">
${step(fault.injectedAtMs, `injected${load}`)}
${step(fault.effectiveAtMs, "proved in effect")}
${step(fault.recoveredAtMs, "recovery begun")}
${step(fault.healedAtMs, "healthy")}
${step(from(serviceAfterMs), serviceAfterMs === 0 ? "no request failed" : "service back")}
${hasReplicas ? step(from(wholeAfterMs(seen)), "and all replicas") : null}
</ol><p class="small soft">${proofsInWords(fault)}</p>`;
}

function proofsInWords({ proofs }: FaultWindow): string {
  const words = (chosen: FaultWindow["proofs"]) =>
    chosen.map(({ observer, seen }) => `${observer}: ${shorten(seen)}`).join("; ");
  const confirming = proofs.filter(({ confirms }) => confirms);
  if (confirming.length > 0) return `Proof by ${words(confirming)}`;
  return `No observer confirmed that it took effect. ${words(proofs)}`.trim();
}

function survival(criteria: readonly Criterion[]): Markup | null {
  const judged = criteria.find(({ oracle }) => survivalOracles.includes(oracle ?? ""));
  if (judged === undefined) return null;
  const entries = survivalNames.flatMap((name) => {
    const found = judged.measurements.find((measurement) => measurement.name === name);
    return found === undefined ? [] : [found];
  });
  if (entries.length === 0) return null;
  return markup`<h4>Data, read from the database itself</h4><dl class="survival">${entries.map(
    ({ name, value }) => {
      const tone = badNames.includes(name) && value > 0 ? "bad" : "";
      return markup`<div class="${tone}"><dt>${name}</dt><dd>${formatCount(value)}</dd></div>`;
    },
  )}</dl>`;
}

function numbers(criteria: readonly Criterion[]): Markup | null {
  const shown = criteria
    .flatMap(({ measurements }) => measurements)
    .filter(({ name }) => !survivalNames.includes(name) && !name.startsWith("share of"));
  if (shown.length === 0) return null;
  return markup`<h4>Numbers</h4><dl class="numbers small">${shown.map(
    ({ name, value, unit, sampleSize }) =>
      markup`<div><dt>${name}</dt><dd>${keepUnits(formatValue(value, unit))}
<span class="soft">n = ${formatCount(sampleSize)}</span></dd></div>`,
  )}</dl>`;
}

/** What the numbers of a load are worth. */
function validityInWords(generator: History["generator"]): string {
  const { processorShare, pressureShare, stolenShare, controlP95Ms } = generator;
  const parts = [
    `it was busy for ${formatShare(processorShare, 0)} of the time`,
    pressureShare === null
      ? null
      : `something waited for a processor for ${formatShare(pressureShare, 0)}`,
    stolenShare === null ? null : `others had the processors for ${formatShare(stolenShare, 0)}`,
    controlP95Ms === null
      ? null
      : `a server that does nothing answered within ${formatDuration(controlP95Ms)} (95th percentile)`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function generatorLine({ generator, operations, gatewayLines }: History): Markup {
  const lines = gatewayLines ?? [];
  const retried = lines.filter(({ upstreamAddresses }) => upstreamAddresses.length > 1);
  return markup`<p class="small soft">${formatNumberOf(operations.length, "request")} on record; the
generator sent ${generator.achievedRatePerSecond.toFixed(1)} per second, ${formatDuration(
    generator.sendLagP99Ms,
  )} late and standing still for ${formatDuration(generator.eventLoopDelayP99Ms)} at the 99th percentile;
${validityInWords(generator)};
${lines.length === 0 ? "the gateway's log was not read" : `the gateway tried ${formatNumberOf(retried.length, "request")} again`}.</p>`;
}

function transportParts({ handshakes, answers }: TransportObservation): Markup {
  return markup`${handshakes.length === 0 ? null : handshakeTable(handshakes)}
${answers.length === 0 ? null : headerMatrix(answers)}`;
}

function handshakeTable(handshakes: TransportObservation["handshakes"]): Markup {
  const rows = handshakes.map(
    ({ probe, offered, answer, alert, negotiatedVersion, negotiatedSuite, authorized }) =>
      markup`<tr><td>${probe}</td><td>${offered}</td>
<td>${alert === null ? answer : `${answer} ${alert}`}</td>
<td>${[negotiatedVersion, negotiatedSuite].filter((each) => each !== null).join(", ") || "–"}</td>
<td>${authorized === null ? "–" : authorized ? "verified" : "not verified"}</td></tr>`,
  );
  return markup`<div class="scroll"><table class="small tight"><thead><tr><th>Probe</th><th>Offered</th>
<th>Answer</th><th>Negotiated</th><th>Certificate</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
