import { gradesCard } from "./grades-card.ts";
import { markup, type Markup } from "./markup.ts";
import { isAsAllowed } from "./oracles/facts.ts";
import type { HeaderObservation, JudgedRecord } from "./records.ts";
import type { RunRecord } from "./run-record.ts";
import { slo, type FactLimit, type HeaderObjective } from "./slo.ts";
import { shorten } from "./summary-criteria.ts";

const headers: HeaderObjective = slo.securityHeaders;
const leafFacts: Readonly<Record<string, FactLimit>> = slo.tlsCertificate.groups.leaf.facts;

/** The certificate and the headers of the page with their values, and what scanners would say. */
export function transportCards(record: RunRecord): Markup | null {
  const judged = record.records.flatMap(({ record: each }) => each ?? []);
  const cards = [certificateCard(judged), headersCard(judged), gradesCard(record)].flatMap(
    (card) => card ?? [],
  );
  return cards.length === 0
    ? null
    : markup`<h2>Certificate, TLS and headers</h2><div class="cards">${cards}</div>`;
}

function certificateCard(judged: readonly JudgedRecord[]): Markup | null {
  const subjects = judged.flatMap((record) =>
    record.kind === "facts" ? record.seen.subjects : [],
  );
  const leaf = subjects.find(({ group }) => group === "leaf");
  const versions = subjects.find(({ group }) => group === "versions");
  if (leaf === undefined && versions === undefined) return null;
  const rows = Object.entries(leaf?.facts ?? {}).map(([name, value]) => {
    const limit = leafFacts[name];
    return line(name, value, limit === undefined ? null : isAsAllowed(value, limit));
  });
  const offers = Object.entries(versions?.facts ?? {})
    .filter(([name]) => /^(?:SSL|TLS) [\d.]+$/.test(name))
    .map(([name, value]) => line(name, value, null));
  return markup`<section class="card half"><h3>Certificate${leaf === undefined ? "" : ` of ${leaf.name}`}</h3>
<dl class="facts small">${rows}</dl>${offers.length === 0 ? null : markup`<h4>Versions offered alone</h4><dl class="facts small">${offers}</dl>`}</section>`;
}

/** What the page itself sends; the matrix has every other class of answer. */
function headersCard(judged: readonly JudgedRecord[]): Markup | null {
  const answers = judged.flatMap((record) =>
    record.kind === "transport" ? record.seen.answers : [],
  );
  const pages = answers.filter(({ answerClass }) => answerClass === "html");
  if (pages.length === 0) return null;
  const rows = Object.entries(headers.expected["html"]?.headers ?? {}).map(([name, wanted]) => {
    const seen = [...new Set(pages.map((page) => valueOf(page, name)))];
    return line(name, seen.join(" | "), seen.length === 1 && seen[0] === wanted);
  });
  return markup`<section class="card half"><h3>Headers of the page</h3><dl class="facts small">${rows}</dl></section>`;
}

function valueOf({ headers: sent }: HeaderObservation, wanted: string): string {
  const values = sent.filter(([name]) => name === wanted).map(([, value]) => value);
  return values.length === 0 ? "missing" : values.join(" | ");
}

function line(name: string, value: string, isRight: boolean | null): Markup {
  const mark =
    isRight === null
      ? null
      : isRight
        ? markup`<span class="tick">✓</span> `
        : markup`<span class="cross">✕</span> `;
  return markup`<dt>${name}</dt><dd>${mark}${shorten(value)}</dd>`;
}
