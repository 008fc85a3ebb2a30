import type { JudgedRecord, Verdict } from "../records.ts";
import { observability, slo, underFault } from "../slo.ts";
import type { Objective } from "../slo.ts";
import { alerting } from "./alerting.ts";
import { availability } from "./availability.ts";
import { balance } from "./balance.ts";
import { counters } from "./counters.ts";
import { duplicates } from "./duplicates.ts";
import { capacity } from "./capacity.ts";
import { durability } from "./durability.ts";
import { errorFree } from "./error-free.ts";
import { facts } from "./facts.ts";
import { handshake } from "./handshake.ts";
import { migration } from "./migration.ts";
import { neighbours } from "./neighbours.ts";
import type { Oracle } from "./oracle.ts";
import { panels } from "./panels.ts";
import { quiet } from "./quiet.ts";
import { ratio } from "./ratio.ts";
import { rotation } from "./rotation.ts";
import { securityHeaders } from "./security-headers.ts";
import { shedding } from "./shedding.ts";
import { slowShare } from "./slow-share.ts";
import { targets } from "./targets.ts";
import { bindAll } from "./under-fault.ts";

/** An objective together with the oracle that judges it, ready for a record from disk. */
export interface Judgement {
  readonly oracle: string;
  readonly objective: Objective;
  /** Judges a stored record; a record of the wrong kind is unknown. */
  judge(record: JudgedRecord): Verdict;
}

const ofHistory = binding((record) => (record.kind === "history" ? record.seen : null));
const ofTransport = binding((record) => (record.kind === "transport" ? record.seen : null));
const ofMigration = binding((record) => (record.kind === "migration" ? record.seen : null));
const ofPanels = binding((record) => (record.kind === "panels" ? record.seen : null));
const ofFacts = binding((record) => (record.kind === "facts" ? record.seen : null));

/** Every objective of `slo.ts` with its oracle. */
export const judgements: readonly Judgement[] = [
  ofHistory(slowShare, slo.staticFirstByteIdle),
  ofHistory(slowShare, slo.staticFirstByteUnderLoad),
  ofHistory(errorFree, slo.sustainedThroughput),
  ofHistory(errorFree, slo.soak),
  ofHistory(capacity, slo.capacityCurve),
  ofFacts(facts, slo.saturation),
  ofHistory(balance, slo.balance),
  ofTransport(handshake, slo.handshake),
  ofFacts(facts, slo.tlsProtocols),
  ofFacts(facts, slo.tlsSuites),
  ofFacts(facts, slo.tlsCertificate),
  ofFacts(facts, slo.tlsSessions),
  ofFacts(facts, slo.tlsScanners),
  ofTransport(securityHeaders, slo.securityHeaders),
  ofTransport(securityHeaders, slo.headersWithoutReplicas),
  ofFacts(facts, slo.gatewayHealth),
  ofFacts(facts, slo.redirect),
  ofFacts(facts, slo.strictTransport),
  ofFacts(facts, slo.cdn),
  ofHistory(availability, slo.availabilityWhileReplicaKilled),
  ofHistory(duplicates, slo.duplicatesWhileReplicaKilled),
  ofHistory(rotation, slo.replicaBackInRotation),
  ofHistory(durability, slo.durabilityAcrossRestart),
  ofHistory(durability, slo.durabilityAcrossKill),
  ofMigration(migration, slo.migrationZeroLoss),
  ofMigration(migration, slo.volumePersists),
  ofMigration(migration, slo.migrationFailurePaths),
  ofFacts(facts, slo.hardening),
  ofFacts(facts, slo.entry),
  ofFacts(facts, slo.clientImage),
  ofHistory(ratio, slo.readOverFile),
  ofHistory(ratio, slo.listOverFile),
  ofHistory(neighbours, slo.eventLoopFree),
  ofHistory(shedding, slo.shedding),
  ofFacts(facts, slo.firstConnections),
  ofFacts(facts, slo.firstVisit),
  ofFacts(facts, slo.transfer),
  ofFacts(facts, slo.balanceOfAllClients),
  ofFacts(facts, slo.upstreamConnections),
  ofFacts(facts, slo.apiContract),
  ofFacts(facts, slo.clientForms),
  ofFacts(facts, slo.storesUsed),
  ofFacts(facts, slo.databaseConnections),
  ofFacts(facts, slo.memoryBounded),
  ofFacts(facts, slo.commitSync),
  ofFacts(facts, slo.secureLock),
  ofFacts(facts, observability.everyTarget),
  ofFacts(facts, observability.alerts),
  ofHistory(targets, observability.targets),
  ofHistory(alerting, observability.replicaDownAlert),
  ofHistory(targets, observability.recreated),
  ofHistory(counters, observability.counters),
  ofPanels(panels, observability.panels),
  ofFacts(facts, observability.notPublic),
  ofFacts(facts, observability.grafana),
  ofHistory(quiet, observability.quiet),
  ofHistory(quiet, observability.quietForLong),
  ...Object.values(underFault).flatMap((group) => bindAll(group, ofHistory)),
];

/** The judgement of one objective, or `null` where today's promises do not know its id. */
export function findJudgement(objective: string): Judgement | null {
  return judgements.find((judgement) => judgement.objective.id === objective) ?? null;
}

/** Binds oracles to the records that `seenOf` opens; to any other, `null`, they answer `unknown`. */
function binding<Seen>(seenOf: (record: JudgedRecord) => Seen | null) {
  return <Limits extends Objective>(
    oracle: Oracle<Seen, Limits>,
    objective: Limits,
  ): Judgement => ({
    oracle: oracle.name,
    objective,
    judge: (record) => {
      const seen = seenOf(record);
      return seen === null
        ? wrongKind(oracle.name, objective, record)
        : oracle.judge(seen, objective);
    },
  });
}

function wrongKind(oracle: string, objective: Objective, record: JudgedRecord): Verdict {
  return {
    oracle,
    objective: objective.id,
    status: "unknown",
    evidence: `the record is of the kind "${record.kind}", which ${oracle} cannot judge`,
    measurements: [],
    witnesses: [],
  };
}
