import { Markup, markup } from "./markup.ts";
import { observatoryOf } from "./observatory-scan.ts";
import type { RunRecord } from "./run-record.ts";
import { flawsByTlsref, intermediate, notApplicable, sslLabsGrade } from "./tls-grades.ts";
import { tlsSeenIn } from "./tls-seen.ts";

const note = "Numbers for comparison, by the rules of others; none of them decides anything.";

/** What scanners of others would say, from what is on record; `null` where nothing of it is. */
export function gradesCard({ records }: RunRecord): Markup | null {
  const judged = records.flatMap(({ record }) => record ?? []);
  const answers = judged.flatMap((record) =>
    record.kind === "transport" ? record.seen.answers : [],
  );
  const rows = observatoryOf(answers).map(({ algorithm, score, grade }) => [
    `MDN HTTP Observatory, algorithm ${algorithm}`,
    `${score} ${grade}`,
  ]);
  const hasTls = judged.some(
    (record) =>
      record.kind === "facts" && record.seen.subjects.some(({ group }) => group === "versions"),
  );
  if (hasTls) rows.push(...tlsRows(tlsSeenIn(judged)));
  if (rows.length === 0) return null;
  return markup`<div class="card"><h3>Grades of scanners</h3><dl class="facts small">${rows.map(
    ([name = "", grade = ""]) => markup`<dt>${name}</dt><dd>${grade}</dd>`,
  )}</dl><p class="small soft">${note}</p></div>`;
}

function tlsRows(seen: ReturnType<typeof tlsSeenIn>): string[][] {
  const profile = `TLSRef ${intermediate.guideline}, profile ${intermediate.name}`;
  const labs = "SSL Labs, rules 2009q";
  if (typeof seen === "string") return [profile, labs].map((name) => [name, `unknown, ${seen}`]);
  const flaws = flawsByTlsref(seen);
  const { score, letter, because } = sslLabsGrade(seen);
  const met = flaws.length === 0 ? "met" : `missed: ${flaws.join("; ")}`;
  return [
    [profile, `${met} (not applicable: ${notApplicable})`],
    [labs, [`${score} ${letter}`, ...because].join(", ")],
  ];
}
