/** The oracles of faults, data and transport, on records made by hand. */

import { bent, victim } from "../../reports/hand-made-history.ts";
import {
  fault,
  history,
  operations,
  replicaNames,
  rightAnswers,
  transport,
} from "../../reports/hand-made.ts";
import type {
  FactsObservation,
  History,
  MigrationObservation,
  Operation,
  StoredMission,
  TableContent,
  TransportObservation,
} from "../../reports/records.ts";
import { slo, underFault } from "../../reports/slo.ts";
import type { FactsObjective, MigrationObjective } from "../../reports/slo.ts";
import { expectStatus, firstOf } from "./expectations.ts";
import { judgeCases } from "./judge-cases.ts";
import type { OracleCheck } from "./judge-cases.ts";

const only =
  (sequence: number, changes: Partial<Operation>) =>
  (operation: Operation): Partial<Operation> =>
    operation.sequence === sequence ? changes : {};
const without = (key: string) => (rows: readonly StoredMission[]) =>
  rows.filter(({ idempotencyKey }) => idempotencyKey !== key);

const empty = history();
const healthy = bent({});
const failedOnce = only(1_504, { outcome: "failed", failureClass: "status", status: 502 });
const refused = { outcome: "failed", failureClass: "status", status: 502 } as const;
const slowOnce = { intendedAtMs: 6_000, sentAtMs: 6_001, endedAtMs: 9_000, firstByteAtMs: 8_999 };
const twin = (rows: readonly StoredMission[]) => [
  ...rows,
  ...rows.slice(300, 301).map((row) => ({ ...row, id: "twin" })),
];
const staysAway = ({ replica, endedAtMs }: Operation) =>
  replica === victim && endedAtMs > 5_000 ? { replica: replicaNames[2] } : {};

const paint: FactsObjective = {
  ...slo.hardening,
  groups: { wall: { subjectsMin: 1, facts: { colour: "red", height: 200 } } },
};
const painted = (colour: string): FactsObservation => ({
  subjects: [{ name: "wall-1", group: "wall", facts: { colour, height: "199" } }],
});

const contents: readonly TableContent[] = [{ table: "public.missions", rows: 9, sha256: "a" }];
const moveOnly: MigrationObjective = { ...slo.migrationZeroLoss, rowsMin: 9, acts: [] };
const moved = (target: readonly TableContent[]): MigrationObservation => ({
  title: "hand-made",
  move: {
    exitCode: 0,
    durationMs: 1,
    source: contents,
    target,
    sourceFacts: { "sequence events": "9" },
    targetFacts: { "sequence events": "9" },
    freshRows: [{ table: "missions", highestBefore: 9, given: 10, seen: "inserted" }],
    leftovers: [],
    said: "",
  },
  acts: [],
});

function spread(bend: (sequence: number) => Partial<Operation> = () => ({})): History {
  return history({ operations: operations(900, 10, bend) });
}

function load(bend: (sequence: number) => Partial<Operation> = () => ({})): History {
  return history({
    operations: operations(slo.sustainedThroughput.sampleSizeMin, 1_000 / 110, bend),
  });
}

function assets(slowCount: number): History {
  const { label } = slo.staticFirstByteIdle;
  const slow = (sequence: number) => ({ firstByteAtMs: sequence * 5 + 400 });
  return history({
    operations: operations(3_000, 5, (sequence) => ({
      label,
      ...(sequence < slowCount ? slow(sequence) : {}),
    })),
  });
}

function shown(code: string): History {
  const facts = { "exit code": code, "of what was under way it answered": "all of them" };
  const observed = [{ name: "server-1", group: "target", facts }];
  return history({ faults: [fault({ observed })] });
}

function unverified(): TransportObservation {
  const right = transport();
  return { ...right, handshakes: right.handshakes.map((one) => ({ ...one, authorized: false })) };
}

function unframed(): TransportObservation {
  return transport({
    answers: rightAnswers(slo.securityHeaders).map((answer) => ({
      ...answer,
      headers: answer.headers.filter(([header]) => header !== "content-security-policy"),
    })),
  });
}

/** One check for each of them, under its name. */
export const oracleChecks = {
  "oracle availability": async (suite) => {
    const { availability } = await suite.load("reports/oracles/availability.ts");
    const objective = slo.availabilityWhileReplicaKilled;
    const slow = bent({ operation: only(600, slowOnce) });
    return firstOf(
      judgeCases(availability, objective, {
        healthy,
        sick: bent({ operation: failedOnce }),
        empty,
      }),
      expectStatus("one slow answer", "failed", availability.judge(slow, objective)),
    );
  },
  "oracle balance": async (suite) => {
    const { balance } = await suite.load("reports/oracles/balance.ts");
    const sick = spread((sequence) => (sequence % 9 === 0 ? { replica: replicaNames[1] } : {}));
    return judgeCases(balance, slo.balance, { healthy: spread(), sick, empty });
  },
  "oracle conduct": async (suite) => {
    const { conduct } = await suite.load("reports/oracles/conduct.ts");
    const cases = { healthy: shown("0"), sick: shown("137"), empty };
    return judgeCases(conduct, underFault.replicaStop.conduct, cases);
  },
  "oracle duplicates": async (suite) => {
    const { duplicates } = await suite.load("reports/oracles/duplicates.ts");
    const sick = bent({ rows: twin });
    return judgeCases(duplicates, slo.duplicatesWhileReplicaKilled, { healthy, sick, empty });
  },
  "oracle durability": async (suite) => {
    const { durability } = await suite.load("reports/oracles/durability.ts");
    const sick = bent({ rows: without("key-1500") });
    return judgeCases(durability, slo.durabilityAcrossKill, { healthy, sick, empty });
  },
  "oracle error-free": async (suite) => {
    const { errorFree } = await suite.load("reports/oracles/error-free.ts");
    const sick = load((sequence) => (sequence === 9 ? refused : {}));
    return judgeCases(errorFree, slo.sustainedThroughput, { healthy: load(), sick, empty });
  },
  "oracle facts": async (suite) => {
    const { facts } = await suite.load("reports/oracles/facts.ts");
    const cases = { healthy: painted("red"), sick: painted("blue"), empty: { subjects: [] } };
    return judgeCases(facts, paint, cases);
  },
  "oracle freshness": async (suite) => {
    const { freshness } = await suite.load("reports/oracles/freshness.ts");
    const sick = bent({ operation: only(1_503, { version: 15 }) });
    return judgeCases(freshness, underFault.redisKill.freshness, { healthy, sick, empty });
  },
  "oracle handshake": async (suite) => {
    const { handshake } = await suite.load("reports/oracles/handshake.ts");
    const nothing = { handshakes: [], answers: [] };
    const cases = { healthy: transport(), sick: unverified(), empty: nothing };
    return judgeCases(handshake, slo.handshake, cases);
  },
  "oracle migration": async (suite) => {
    const { migration } = await suite.load("reports/oracles/migration.ts");
    const sick = moved(contents.map((content) => ({ ...content, sha256: "b" })));
    const nothing = { title: "hand-made", move: null, acts: [] };
    return judgeCases(migration, moveOnly, { healthy: moved(contents), sick, empty: nothing });
  },
  "oracle recovery": async (suite) => {
    const { recovery } = await suite.load("reports/oracles/recovery.ts");
    const sick = bent({ operation: staysAway });
    return judgeCases(recovery, underFault.replicaCrash.recovery, { healthy, sick, empty });
  },
  "oracle rotation": async (suite) => {
    const { rotation } = await suite.load("reports/oracles/rotation.ts");
    const sick = bent({ operation: staysAway });
    return judgeCases(rotation, slo.replicaBackInRotation, { healthy, sick, empty });
  },
  "oracle security-headers": async (suite) => {
    const { securityHeaders } = await suite.load("reports/oracles/security-headers.ts");
    const cases = {
      healthy: transport(),
      sick: unframed(),
      empty: { handshakes: [], answers: [] },
    };
    return judgeCases(securityHeaders, slo.securityHeaders, cases);
  },
  "oracle side-effects": async (suite) => {
    const { sideEffects } = await suite.load("reports/oracles/side-effects.ts");
    const sick = bent({ operation: only(2_000, { replica: "ffffffffffff" }) });
    return judgeCases(sideEffects, underFault.replicaCrash.sideEffects, { healthy, sick, empty });
  },
  "oracle slow-share": async (suite) => {
    const { slowShare } = await suite.load("reports/oracles/slow-share.ts");
    const cases = { healthy: assets(0), sick: assets(600), empty };
    return judgeCases(slowShare, slo.staticFirstByteIdle, cases);
  },
} as const satisfies Record<string, OracleCheck>;
