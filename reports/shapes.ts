import type { ClaimResult, Criterion, DecidingNumber, FaultResult } from "./criteria.ts";
import type {
  Baseline,
  Delta,
  EarlierCriterion,
  EarlierRun,
  EarlierRuns,
  RunKind,
} from "./earlier-runs.ts";
import type { ImageRecord, RunEvent } from "./events.ts";
import { profiles } from "./manifest.ts";
import { monitoring, panels } from "./monitoring-shapes.ts";
import type {
  ContainerLife,
  ContainerMoment,
  DataMove,
  FactsObservation,
  FaultWindow,
  FinalRead,
  FreshRow,
  GatewayLine,
  GeneratorHealth,
  HandshakeObservation,
  HarmlessAct,
  HeaderObservation,
  History,
  JudgedRecord,
  LoadStep,
  LogFinding,
  Measurement,
  MigrationObservation,
  NumberLimit,
  Operation,
  Proof,
  Spread,
  SteadyState,
  StoredMission,
  Subject,
  TableContent,
  TransportObservation,
  Verdict,
} from "./records.ts";
import {
  checkShape,
  exactly,
  flag,
  isObject,
  listOf,
  mapOf,
  nullable,
  number,
  oneOf,
  optional,
  shapeOf,
  text,
  type Guard,
} from "./shape.ts";
import {
  verdictSchemaVersion,
  type NotClaimed,
  type RunVerdict,
  type WaiverUse,
} from "./verdict.ts";
import { waiverShape } from "./waivers.ts";

/** The record's types as guards; the compiler keeps both in step, field by field. */

const operation = shapeOf<Operation>({
  sequence: number,
  label: text,
  method: text,
  path: text,
  intendedAtMs: number,
  sentAtMs: nullable(number),
  firstByteAtMs: nullable(number),
  endedAtMs: number,
  outcome: oneOf("ok", "failed", "indeterminate", "dropped"),
  failureClass: nullable(
    oneOf(
      "refused",
      "reset-before-bytes",
      "reset-on-reused-socket",
      "reset-after-headers",
      "truncated",
      "timeout",
      "tls",
      "status",
      "wrong-body",
      "cap-reached",
    ),
  ),
  status: nullable(number),
  replica: nullable(text),
  resource: nullable(text),
  version: nullable(number),
  requestId: text,
  idempotencyKey: nullable(text),
  payloadHash: nullable(text),
  reusedSocket: flag,
  bodyBytes: number,
});

const subject = shapeOf<Subject>({ name: text, group: text, facts: mapOf(text) });

const faultWindow = shapeOf<FaultWindow>({
  name: text,
  target: text,
  replica: nullable(text),
  silences: flag,
  injectedAtMs: number,
  effectiveAtMs: nullable(number),
  recoveredAtMs: nullable(number),
  healedAtMs: nullable(number),
  proofs: listOf(shapeOf<Proof>({ observer: text, seen: text, confirms: flag })),
  observed: optional(listOf(subject)),
  refusal: optional(nullable(text)),
  inFlightAtInjection: nullable(number),
  acknowledgedJustBefore: nullable(number),
});

const generatorHealth = shapeOf<GeneratorHealth>({
  scheduledCount: number,
  plannedRatePerSecond: number,
  achievedRatePerSecond: number,
  sendLagP99Ms: number,
  eventLoopDelayP99Ms: number,
  processorShare: number,
  pressureShare: nullable(number),
  idleShare: nullable(number),
  stolenShare: nullable(number),
  controlP95Ms: nullable(number),
  controlCount: number,
  finished: flag,
});

const steadyState = shapeOf<SteadyState>({
  when: oneOf("before", "after"),
  probe: text,
  met: flag,
  seen: text,
  allowed: text,
});

const gatewayLine = shapeOf<GatewayLine>({
  requestId: text,
  status: number,
  upstreamAddresses: listOf(text),
  upstreamStatuses: listOf(text),
});

const finalRead = shapeOf<FinalRead>({
  rows: nullable(
    listOf(
      shapeOf<StoredMission>({
        id: text,
        idempotencyKey: text,
        payloadHash: text,
        version: number,
      }),
    ),
  ),
  seen: text,
});

const containerMoment = shapeOf<ContainerMoment>({
  id: text,
  hostName: text,
  startedAt: text,
  restartCount: number,
  oomKilled: flag,
});

const containerLife = shapeOf<ContainerLife>({
  name: text,
  service: text,
  before: nullable(containerMoment),
  after: nullable(containerMoment),
});

const history = shapeOf<History>({
  title: text,
  seed: number,
  originAt: text,
  durationMs: number,
  replicasExpected: number,
  steps: listOf(shapeOf<LoadStep>({ fromMs: number, toMs: number, ratePerSecond: number })),
  operations: listOf(operation),
  faults: listOf(faultWindow),
  steadyStates: listOf(steadyState),
  generator: generatorHealth,
  gatewayLines: nullable(listOf(gatewayLine)),
  containers: listOf(containerLife),
  logFindings: nullable(listOf(shapeOf<LogFinding>({ container: text, line: text }))),
  finalRead: nullable(finalRead),
  monitoring: nullable(monitoring),
});

const handshakeObservation = shapeOf<HandshakeObservation>({
  probe: text,
  offered: text,
  answer: oneOf("accepted", "alert", "closed", "timeout", "unparsable"),
  alert: nullable(number),
  negotiatedVersion: nullable(text),
  negotiatedSuite: nullable(text),
  authorized: nullable(flag),
  detail: text,
});

const headerLine: Guard<readonly [string, string]> = (
  value,
  path,
  report,
): value is readonly [string, string] => {
  if (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((each) => typeof each === "string")
  ) {
    return true;
  }
  report(`${path} is not a pair of name and value`);
  return false;
};

const transport = shapeOf<TransportObservation>({
  handshakes: listOf(handshakeObservation),
  answers: listOf(
    shapeOf<HeaderObservation>({
      answerClass: text,
      httpVersion: text,
      status: number,
      headers: listOf(headerLine),
      body: nullable(text),
    }),
  ),
});

const tableContent = shapeOf<TableContent>({ table: text, rows: number, sha256: text });

const migration = shapeOf<MigrationObservation>({
  title: text,
  move: nullable(
    shapeOf<DataMove>({
      exitCode: nullable(number),
      durationMs: number,
      source: listOf(tableContent),
      target: listOf(tableContent),
      sourceFacts: mapOf(text),
      targetFacts: mapOf(text),
      freshRows: listOf(
        shapeOf<FreshRow>({
          table: text,
          highestBefore: number,
          given: nullable(number),
          seen: text,
        }),
      ),
      leftovers: listOf(text),
      said: text,
    }),
  ),
  acts: listOf(
    shapeOf<HarmlessAct>({
      name: text,
      expected: text,
      seen: text,
      before: listOf(tableContent),
      after: nullable(listOf(tableContent)),
      factsBefore: mapOf(text),
      factsAfter: mapOf(text),
      leftovers: listOf(text),
      proofs: listOf(shapeOf<Proof>({ observer: text, seen: text, confirms: flag })),
    }),
  ),
});

const facts = shapeOf<FactsObservation>({ subjects: listOf(subject) });

const numberLimit = shapeOf<NumberLimit>({
  rule: oneOf("at most", "at least", "below"),
  value: number,
});
const spread = shapeOf<Spread>({ low: number, high: number, unit: text, meaning: text });

const measurement = shapeOf<Measurement>({
  name: text,
  value: number,
  unit: text,
  sampleSize: number,
  limit: optional(numberLimit),
  spread: optional(spread),
});

const verdict = shapeOf<Verdict>({
  oracle: text,
  objective: text,
  status: oneOf("passed", "failed", "unknown"),
  evidence: text,
  measurements: listOf(measurement),
  witnesses: listOf(text),
});

const image = shapeOf<ImageRecord>({ service: text, reference: text, digest: text, bytes: number });

const decision = oneOf("GO", "GO_WITH_WARNINGS", "NO_GO", "INCONCLUSIVE");
const criterionState = oneOf("passed", "failed", "unknown", "not-measured", "waived");

const earlierRun = shapeOf<EarlierRun>({
  runId: text,
  startedAt: text,
  verdict: decision,
  durationMs: nullable(number),
});

const baselineFields = { median: number, low: number, high: number, runs: number };

const earlierRuns = shapeOf<EarlierRuns>({
  kind: shapeOf<RunKind>({
    branch: text,
    profile: text,
    machineClass: text,
    scope: oneOf("full", "partial"),
  }),
  runs: listOf(earlierRun),
  criteria: mapOf(
    shapeOf<EarlierCriterion>({
      states: listOf(nullable(criterionState)),
      values: listOf(nullable(number)),
      baselines: mapOf(shapeOf<Baseline>(baselineFields)),
    }),
  ),
});

type EventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;

const events: { readonly [Type in RunEvent["type"]]: Guard<EventOf<Type>> } = {
  "run-started": shapeOf<EventOf<"run-started">>({
    at: text,
    type: oneOf("run-started"),
    runId: text,
    profile: oneOf(...profiles),
    claims: listOf(text),
    command: text,
    seed: number,
    machine: mapOf(text),
    commit: nullable(text),
    branch: optional(nullable(text)),
  }),
  rules: shapeOf<EventOf<"rules">>({
    at: text,
    type: oneOf("rules"),
    strict: flag,
    waivers: listOf(waiverShape),
  }),
  "earlier-runs": shapeOf<EventOf<"earlier-runs">>({
    at: text,
    type: oneOf("earlier-runs"),
    earlier: earlierRuns,
  }),
  phase: shapeOf<EventOf<"phase">>({ at: text, type: oneOf("phase"), phase: text, detail: text }),
  images: shapeOf<EventOf<"images">>({
    at: text,
    type: oneOf("images"),
    source: oneOf("registry", "airgap"),
    images: listOf(image),
  }),
  "stack-started": shapeOf<EventOf<"stack-started">>({
    at: text,
    type: oneOf("stack-started"),
    durationMs: number,
    warm: flag,
  }),
  "claim-started": shapeOf<EventOf<"claim-started">>({
    at: text,
    type: oneOf("claim-started"),
    claim: text,
  }),
  judged: shapeOf<EventOf<"judged">>({
    at: text,
    type: oneOf("judged"),
    claim: text,
    verdict,
    record: text,
  }),
  fault: shapeOf<EventOf<"fault">>({
    at: text,
    type: oneOf("fault"),
    claim: text,
    fault: text,
    target: text,
    moment: oneOf("injected", "effective", "recovered", "healed", "failed"),
    atMs: number,
    detail: text,
  }),
  alert: shapeOf<EventOf<"alert">>({
    at: text,
    type: oneOf("alert"),
    claim: text,
    alert: text,
    observer: oneOf("Prometheus", "Alertmanager", "receiver"),
    state: oneOf("pending", "firing", "resolved"),
    atMs: number,
  }),
  "claim-ended": shapeOf<EventOf<"claim-ended">>({
    at: text,
    type: oneOf("claim-ended"),
    claim: text,
    state: oneOf("passed", "failed", "unknown", "broken"),
    durationMs: number,
    error: nullable(text),
  }),
  warning: shapeOf<EventOf<"warning">>({ at: text, type: oneOf("warning"), what: text }),
  "harness-error": shapeOf<EventOf<"harness-error">>({
    at: text,
    type: oneOf("harness-error"),
    what: text,
  }),
  cancelled: shapeOf<EventOf<"cancelled">>({ at: text, type: oneOf("cancelled"), signal: text }),
  census: shapeOf<EventOf<"census">>({
    at: text,
    type: oneOf("census"),
    leftovers: listOf(text),
  }),
  kept: shapeOf<EventOf<"kept">>({ at: text, type: oneOf("kept"), stack: text }),
  "run-ended": shapeOf<EventOf<"run-ended">>({
    at: text,
    type: oneOf("run-ended"),
    durationMs: number,
  }),
};

const anyEvent: Guard<RunEvent> = (value, path, report): value is RunEvent => {
  const type = isObject(value) ? value["type"] : undefined;
  const guard = Object.entries<Guard<RunEvent>>(events).find(([name]) => name === type)?.[1];
  if (guard !== undefined) return guard(value, path, report);
  report(`${path}.type is ${JSON.stringify(type) ?? "missing"}, which is no event`);
  return false;
};

const anyRecord: Guard<JudgedRecord> = (value, path, report): value is JudgedRecord => {
  const kind = isObject(value) ? value["kind"] : undefined;
  const seen = isObject(value) ? value["seen"] : undefined;
  if (kind === "history") return history(seen, `${path}.seen`, report);
  if (kind === "transport") return transport(seen, `${path}.seen`, report);
  if (kind === "migration") return migration(seen, `${path}.seen`, report);
  if (kind === "facts") return facts(seen, `${path}.seen`, report);
  if (kind === "panels") return panels(seen, `${path}.seen`, report);
  report(
    `${path}.kind is ${JSON.stringify(kind) ?? "missing"}, ` +
      "allowed is history, transport, migration, facts, panels",
  );
  return false;
};

const criterion = shapeOf<Criterion>({
  id: text,
  promise: text,
  claim: text,
  title: text,
  limit: text,
  reason: text,
  state: criterionState,
  oracle: nullable(text),
  evidence: text,
  deciding: nullable(
    shapeOf<DecidingNumber>({
      name: text,
      value: number,
      unit: text,
      sampleSize: number,
      spread: nullable(spread),
      limit: nullable(numberLimit),
      margin: nullable(number),
      marginShare: nullable(number),
    }),
  ),
  measurements: listOf(measurement),
  deltas: listOf(
    shapeOf<Delta>({
      name: text,
      value: number,
      unit: text,
      ...baselineFields,
      changeShare: nullable(number),
      warning: nullable(text),
    }),
  ),
  earlierStates: listOf(nullable(criterionState)),
  earlierValues: listOf(nullable(number)),
  waiver: nullable(waiverShape),
  witnesses: listOf(text),
  record: nullable(text),
  links: listOf(text),
  judgedCount: number,
});

const claimResult = shapeOf<ClaimResult>({
  claim: text,
  state: oneOf("passed", "failed", "unknown", "broken", "not-run", "unfinished"),
  durationMs: nullable(number),
  error: nullable(text),
});

const faultResult = shapeOf<FaultResult>({
  claim: text,
  fault: text,
  target: text,
  injectedAt: nullable(text),
  effectiveAt: nullable(text),
  recoveredAt: nullable(text),
  healedAt: nullable(text),
  failure: nullable(text),
});

const runVerdict = shapeOf<RunVerdict>({
  schemaVersion: exactly(verdictSchemaVersion),
  runId: text,
  profile: nullable(oneOf(...profiles)),
  scope: oneOf("full", "partial"),
  verdict: decision,
  exitCode: number,
  decidedBy: listOf(text),
  headline: text,
  warnings: listOf(text),
  strict: flag,
  finished: flag,
  startedAt: nullable(text),
  durationMs: nullable(number),
  command: nullable(text),
  seed: nullable(number),
  commit: nullable(text),
  branch: nullable(text),
  counts: shapeOf<RunVerdict["counts"]>({
    passed: number,
    failed: number,
    unknown: number,
    "not-measured": number,
    waived: number,
  }),
  criteria: listOf(criterion),
  notClaimed: listOf(shapeOf<NotClaimed>({ promise: text, words: text, why: text })),
  claims: listOf(claimResult),
  faults: listOf(faultResult),
  waivers: listOf(
    shapeOf<WaiverUse>({
      criterion: text,
      reason: text,
      owner: text,
      expires: text,
      state: oneOf("used", "not needed", "expired"),
    }),
  ),
  earlierRuns: listOf(earlierRun),
  harness: shapeOf<RunVerdict["harness"]>({
    errors: listOf(text),
    warnings: listOf(text),
    cancelledBy: nullable(text),
    leftovers: nullable(listOf(text)),
    kept: nullable(text),
  }),
  stack: shapeOf<RunVerdict["stack"]>({
    source: nullable(oneOf("registry", "airgap")),
    warm: nullable(flag),
    images: listOf(image),
  }),
  machine: mapOf(text),
  machineClass: text,
});

/** Throws `<what>: <where> is <seen>, allowed is <expected>` where the value is no verdict. */
export function checkVerdict(what: string, value: unknown): RunVerdict {
  return checkShape(what, value, runVerdict);
}

/** Throws `<what>: <where> is <seen>, allowed is <expected>` where the value is no event. */
export function checkEvent(what: string, value: unknown): RunEvent {
  return checkShape(what, value, anyEvent);
}

/** Throws `<what>: <where> is <seen>, allowed is <expected>` where the value is no record. */
export function checkRecord(what: string, value: unknown): JudgedRecord {
  return checkShape(what, value, anyRecord);
}
