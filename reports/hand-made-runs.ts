import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { criterionKey, type EarlierRuns } from "./earlier-runs.ts";
import type { RunEvent, RunEventBody } from "./events.ts";
import { manifest } from "./manifest.ts";
import { badCount } from "./measure.ts";
import type { VerdictStatus } from "./records.ts";
import { judgements } from "./oracles/registry.ts";
import { runFiles, type Run } from "./run-store.ts";

/** Runs made by hand for the unit tests of the reports; all passed unless told otherwise. */

export const hostile = `<script>alert("x")</script> & 'quoted' \u0000`;

export interface RunChanges {
  /** Statuses by objective; `null` leaves one unjudged. */
  readonly statuses?: Readonly<Record<string, VerdictStatus | null>>;
  readonly evidence?: string;
  readonly extra?: readonly RunEventBody[];
  readonly record?: string;
}

/** The events of a full run of the release profile. */
export function runEvents(changes: RunChanges = {}): readonly RunEvent[] {
  const { extra = [] } = changes;
  const bodies: readonly RunEventBody[] = [
    {
      type: "run-started",
      runId: "run-1",
      profile: "release",
      claims: manifest.map(({ claim }) => claim),
      command: "npm run validate",
      seed: 7,
      machine: { cpus: "2", memory: "24 GB" },
      commit: "0123456789abcdef",
    },
    { type: "phase", phase: "images", detail: "built" },
    {
      type: "images",
      source: "airgap",
      images: [
        { service: "gateway", reference: "hm/gateway:1", digest: "sha256:abc", bytes: 14_200_000 },
      ],
    },
    { type: "stack-started", durationMs: 18_000, warm: false },
    ...manifest.flatMap(({ claim, objectives }) => claimEvents(claim, objectives, changes)),
    ...extra,
    { type: "census", leftovers: [] },
    { type: "run-ended", durationMs: 300_000 },
  ];
  const originMs = Date.UTC(2026, 10, 23, 2);
  return bodies.map((body, index) => ({
    at: new Date(originMs + index * 10_000).toISOString(),
    ...body,
  }));
}

/** All events at once: to flush each of hundreds to disk takes tests longer than all they check. */
export function writeEvents(run: Run, events: readonly RunEvent[]): void {
  const lines = events.map((event) => `${JSON.stringify(event)}\n`);
  appendFileSync(join(run.directory, runFiles.events), lines.join(""));
}

function claimEvents(
  claim: string,
  objectives: readonly string[],
  { statuses = {}, evidence = "0 of 3,000 wrong", record = "records/none-1.json" }: RunChanges,
): readonly RunEventBody[] {
  const judged = objectives.flatMap((objective): readonly RunEventBody[] => {
    const told = statuses[objective];
    if (told === null) return [];
    const status = told ?? "passed";
    const oracle =
      judgements.find((judgement) => judgement.objective.id === objective)?.oracle ?? "none";
    const measurements = [
      badCount("wrong", 0, 3_000),
      { name: "latency, median", value: 20, unit: "ms", sampleSize: 3_000 },
    ];
    const verdict = { oracle, objective, status, evidence, measurements, witnesses: ["request-7"] };
    return [{ type: "judged", claim, verdict, record }];
  });
  const states = judged.map((event) => (event.type === "judged" ? event.verdict.status : "passed"));
  const state = states.includes("failed")
    ? "failed"
    : states.includes("unknown")
      ? "unknown"
      : "passed";
  return [
    { type: "claim-started", claim },
    ...judged,
    { type: "claim-ended", claim, state, durationMs: 12_345, error: null },
  ];
}

/** What three runs before came to, all passed; `medianMs` is that of the one time that is measured. */
export function earlier(medianMs = 18): EarlierRuns {
  const runs = ["a", "b", "c"].map((letter, index) => ({
    runId: `run-${letter}`,
    startedAt: `2026-11-2${index}T02:00:00.000Z`,
    verdict: "GO" as const,
    durationMs: 300_000,
  }));
  const baselines = {
    "latency, median": { median: medianMs, low: medianMs - 1, high: medianMs + 1, runs: 3 },
  };
  const criterion = {
    states: ["passed", "passed", "passed"],
    values: [0, 0, 0],
    baselines,
  } as const;
  return {
    kind: { branch: "main", profile: "release", machineClass: "2, 24 GB", scope: "full" },
    runs,
    criteria: Object.fromEntries(
      manifest.flatMap(({ claim, objectives }) =>
        objectives.map((id) => [criterionKey(claim, id), criterion]),
      ),
    ),
  };
}
