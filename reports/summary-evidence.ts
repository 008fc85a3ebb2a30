import type { Criterion } from "./criteria.ts";
import { formatCount, formatDuration, formatNumberOf, formatValue, keepUnits } from "./format.ts";
import { Markup, markup } from "./markup.ts";
import type { FaultWindow, History, TransportObservation } from "./records.ts";
import { timelineOptionsFor, type RunRecord, type StoredRecord } from "./run-record.ts";
import { shareBars } from "./share-bars.ts";
import { slo } from "./slo.ts";
import { chipOf, shorten } from "./summary-criteria.ts";
import { timeline } from "./timeline.ts";

/** All pictures of a page together; the rest of it stays well below what is left of 300 kB. */
const picturesBytesMax = 190_000;
const pictureBytesMax = 60_000;
/** A picture that has to be smaller than this shows nothing any more. */
const pictureBytesMin = 9_000;

const survivalNames = ["acknowledged", "stored", "lost", "duplicated", "altered", "phantom"];
const badNames = ["lost", "duplicated", "altered", "phantom"];
const survivalOracles = ["durability", "duplicates"];

/** One card per judged record, as pictures and numbers: failed first, then those with faults. */
export function evidenceCards({ verdict, records }: RunRecord): readonly Markup[] {
  const criteriaOf = (stored: StoredRecord) =>
    verdict.criteria.filter(({ record }) => record === stored.path);
  const urgencyOf = (stored: StoredRecord) => {
    if (criteriaOf(stored).some(({ state }) => state !== "passed")) return 0;
    if (stored.record?.kind !== "history") return 3;
    return stored.record.seen.faults.length > 0 ? 1 : 2;
  };
  const ordered = records.toSorted((left, right) => urgencyOf(left) - urgencyOf(right));
  const histories = records.filter(({ record }) => record?.kind === "history").length;
  const each = Math.min(pictureBytesMax, picturesBytesMax / Math.max(1, histories));
  let bytesLeft = picturesBytesMax;
  return ordered.map((stored) => {
    const picture = bytesLeft < pictureBytesMin ? null : pictureOf(stored, each);
    bytesLeft -= picture === null ? 0 : Buffer.byteLength(picture.text);
    return card(stored, criteriaOf(stored), picture);
  });
}

function pictureOf({ record, objectives }: StoredRecord, bytesMax: number): Markup | null {
  if (record?.kind !== "history") return null;
  // The drawing escapes its own texts, because it is a file of its own elsewhere.
  return new Markup(timeline(record.seen, { ...timelineOptionsFor(objectives), bytesMax }));
}

function card(
  stored: StoredRecord,
  criteria: readonly Criterion[],
  picture: Markup | null,
): Markup {
  const { record, claim, path } = stored;
  const title = record?.kind === "history" ? record.seen.title : (criteria[0]?.title ?? claim);
  return markup`<section class="card"><h3 class="sentence">${title}</h3>
<p class="small soft">${claim} · <a href="${path}">${path}</a></p>
<p>${criteria.map(({ state, id }) => markup`${chipOf(state)} <span class="small soft">${id}</span> &#8195;`)}</p>
${picture === null ? null : markup`<div class="scroll">${picture}</div>`}
${record?.kind === "history" ? historyParts(record.seen, criteria) : null}
${record?.kind === "transport" ? transportParts(record.seen) : null}
${record === null ? markup`<p>The record cannot be read: ${shorten(stored.problem ?? "")}</p>` : null}
</section>`;
}

function historyParts(history: History, criteria: readonly Criterion[]): Markup {
  const isAboutReplicas = history.faults.every(({ replica }) => replica !== null);
  const shares = isAboutReplicas ? shareBars(history) : [];
  return markup`${history.faults.map((fault) => recovery(fault, criteria))}
${survival(criteria)}
${shares.length === 0 ? null : markup`<div class="columns">${shares}</div>`}
${numbers(criteria)}
${generatorLine(history)}`;
}

function recovery(fault: FaultWindow, criteria: readonly Criterion[]): Markup {
  const since = (atMs: number | null) =>
    atMs === null ? "never" : `+${formatDuration(atMs - fault.injectedAtMs)}`;
  const back = criteria
    .flatMap(({ measurements }) => measurements)
    .find(({ name }) => name.includes("back in rotation"));
  const backAtMs =
    back === undefined || fault.healedAtMs === null ? null : fault.healedAtMs + back.value;
  const proof = fault.proofs.find(({ confirms }) => confirms);
  return markup`<h4>${fault.name}</h4><ol class="steps">
<li><b>+0 ms</b><span class="small soft">injected${
    fault.inFlightAtInjection === null ? "" : `, ${fault.inFlightAtInjection} in flight`
  }</span></li>
<li><b>${since(fault.effectiveAtMs)}</b><span class="small soft">proved in effect</span></li>
<li><b>${since(fault.recoveredAtMs)}</b><span class="small soft">recovery begun</span></li>
<li><b>${since(fault.healedAtMs)}</b><span class="small soft">healthy</span></li>
${backAtMs === null ? null : markup`<li><b>${since(backAtMs)}</b><span class="small soft">back in rotation</span></li>`}
</ol><p class="small soft">${
    proof === undefined
      ? "No observer confirmed that it took effect."
      : `Proof by ${proof.observer}: ${shorten(proof.seen)}`
  }</p>`;
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

function generatorLine({ generator, operations, gatewayLines }: History): Markup {
  const lines = gatewayLines ?? [];
  const retried = lines.filter(({ upstreamAddresses }) => upstreamAddresses.length > 1);
  return markup`<p class="small soft">${formatNumberOf(operations.length, "request")} on record; the
generator sent ${generator.achievedRatePerSecond.toFixed(1)} per second, ${formatDuration(
    generator.sendLagP99Ms,
  )} late and standing still for ${formatDuration(generator.eventLoopDelayP99Ms)} at the 99th percentile;
${lines.length === 0 ? "the gateway's log was not read" : `the gateway tried ${formatNumberOf(retried.length, "request")} again`}.</p>`;
}

function transportParts({ handshakes, answers }: TransportObservation): Markup {
  return markup`${handshakes.length === 0 ? null : handshakeTable(handshakes)}
${answers.length === 0 ? null : headerTable(answers)}`;
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

function headerTable(answers: TransportObservation["answers"]): Markup {
  const expected: Readonly<Record<string, Readonly<Record<string, string>>>> =
    slo.securityHeaders.expected;
  const names = [...new Set(Object.values(expected).flatMap((headers) => Object.keys(headers)))];
  const cell = (answer: TransportObservation["answers"][number], name: string): Markup => {
    const wanted = expected[answer.answerClass]?.[name];
    const seen = answer.headers.filter(([header]) => header.toLowerCase() === name);
    if (wanted === undefined) return markup`<td class="soft">–</td>`;
    const isRight = seen.length === 1 && seen[0]?.[1] === wanted;
    const words = seen.map(([, value]) => value).join(" | ") || "missing";
    return isRight
      ? markup`<td><span class="tick">✓</span></td>`
      : markup`<td><span class="cross">✕</span> ${shorten(words)}</td>`;
  };
  return markup`<div class="scroll"><table class="small tight"><thead><tr><th>Header</th>${answers.map(
    ({ answerClass, status }) => markup`<th>${answerClass} ${status}</th>`,
  )}</tr></thead><tbody>${names.map(
    (name) =>
      markup`<tr><th scope="row">${name}</th>${answers.map((answer) => cell(answer, name))}</tr>`,
  )}</tbody></table></div>`;
}
