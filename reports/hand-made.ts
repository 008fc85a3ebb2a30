import type {
  ContainerLife,
  ContainerMoment,
  FaultWindow,
  GatewayLine,
  GeneratorHealth,
  HeaderObservation,
  History,
  JudgedRecord,
  Operation,
  StoredMission,
  TransportObservation,
} from "./records.ts";
import { slo } from "./slo.ts";
import type { HeaderObjective } from "./slo.ts";

/** Histories made by hand for the unit tests of the judges; healthy unless told otherwise. */

export const replicaNames = ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"] as const;

function replicaAt(sequence: number): string {
  return replicaNames[sequence % replicaNames.length] ?? replicaNames[0];
}

export function operation(changes: Partial<Operation> = {}): Operation {
  const sequence = changes.sequence ?? 0;
  const intendedAtMs = changes.intendedAtMs ?? sequence * 10;
  return {
    sequence,
    label: "list missions",
    method: "GET",
    path: "/api/missions",
    intendedAtMs,
    sentAtMs: intendedAtMs + 1,
    firstByteAtMs: intendedAtMs + 9,
    endedAtMs: intendedAtMs + 10,
    outcome: "ok",
    failureClass: null,
    status: 200,
    replica: replicaAt(sequence),
    resource: null,
    version: null,
    requestId: `request-${sequence}`,
    idempotencyKey: null,
    payloadHash: null,
    reusedSocket: true,
    bodyBytes: 512,
    ...changes,
  };
}

/** `count` healthy operations, `everyMs` apart; `change` bends single ones. */
export function operations(
  count: number,
  everyMs: number,
  change: (sequence: number) => Partial<Operation> = () => ({}),
): readonly Operation[] {
  return Array.from({ length: count }, (_, sequence) =>
    operation({ sequence, intendedAtMs: sequence * everyMs, ...change(sequence) }),
  );
}

export function write(changes: Partial<Operation> = {}): Operation {
  const sequence = changes.sequence ?? 0;
  return operation({
    label: "create mission",
    method: "POST",
    status: 201,
    idempotencyKey: `key-${sequence}`,
    payloadHash: `hash-${sequence}`,
    ...changes,
  });
}

/** A read of one mission, such as one that is being changed. */
export function read(changes: Partial<Operation> = {}): Operation {
  const resource = changes.resource ?? "mission-1";
  return operation({
    label: "read changed mission",
    path: `/api/missions/${resource}`,
    resource,
    version: 1,
    ...changes,
  });
}

/** A change of one mission, acknowledged with the version that it made. */
export function change(changes: Partial<Operation> = {}): Operation {
  return read({ label: "change mission", method: "PATCH", version: 2, ...changes });
}

/** A container that nothing happened to. */
export function container(
  name: string,
  hostName: string,
  after: Partial<ContainerMoment> | null = {},
): ContainerLife {
  const before = {
    id: `${hostName}-id`,
    hostName,
    startedAt: "2026-11-23T01:00:00.000Z",
    restartCount: 0,
    oomKilled: false,
  };
  return {
    name,
    service: name.replace(/-\d+$/, ""),
    before,
    after: after === null ? null : { ...before, ...after },
  };
}

export function storedOf(written: Operation): StoredMission {
  return {
    id: `mission-${written.sequence}`,
    idempotencyKey: written.idempotencyKey ?? "",
    payloadHash: written.payloadHash ?? "",
    version: 1,
  };
}

export function generator(changes: Partial<GeneratorHealth> = {}): GeneratorHealth {
  return {
    scheduledCount: 0,
    plannedRatePerSecond: 100,
    achievedRatePerSecond: 100,
    sendLagP99Ms: 2,
    eventLoopDelayP99Ms: 12,
    processorShare: 0.2,
    pressureShare: 0.1,
    idleShare: 0.5,
    stolenShare: 0,
    controlP95Ms: 2,
    controlCount: 300,
    finished: true,
    ...changes,
  };
}

export function fault(changes: Partial<FaultWindow> = {}): FaultWindow {
  return {
    name: "kill server-1",
    target: "server-1",
    replica: replicaNames[0],
    silences: true,
    injectedAtMs: 5_000,
    effectiveAtMs: 5_100,
    recoveredAtMs: 11_000,
    healedAtMs: 13_000,
    proofs: [{ observer: "engine events", seen: "die, exit code 137", confirms: true }],
    inFlightAtInjection: 7,
    acknowledgedJustBefore: null,
    ...changes,
  };
}

/** The line of a gateway that asked one replica, once. */
export function askedOnce({ requestId, status }: Operation): GatewayLine {
  const upstreamStatuses = [String(status)];
  return { requestId, status: status ?? 0, upstreamAddresses: ["10.0.0.2"], upstreamStatuses };
}

export function history(changes: Partial<History> = {}): History {
  const recorded = changes.operations ?? [];
  return {
    title: "hand-made",
    seed: 1,
    originAt: "2026-11-23T02:00:00.000Z",
    durationMs: 30_000,
    replicasExpected: 3,
    steps: [],
    operations: recorded,
    faults: [],
    steadyStates: [
      { when: "before", probe: "replicas ready", met: true, seen: "3", allowed: "3" },
      { when: "after", probe: "replicas ready", met: true, seen: "3", allowed: "3" },
    ],
    generator: generator({ scheduledCount: recorded.length }),
    gatewayLines: null,
    containers: [],
    logFindings: [],
    finalRead: null,
    monitoring: null,
    ...changes,
  };
}

export const unmetBefore: History["steadyStates"] = [
  { when: "before", probe: "replicas ready", met: false, seen: "2", allowed: "3" },
];

/** What a right gateway shows to the TLS and header probes. */
export function transport(changes: Partial<TransportObservation> = {}): TransportObservation {
  const { versionsAccepted, versionsRefused, suitesTls12 } = slo.handshake;
  const accepted = versionsAccepted.map((version) => ({
    probe: `offer ${version}`,
    offered: version,
    answer: "accepted" as const,
    alert: null,
    negotiatedVersion: version,
    negotiatedSuite: version === "TLSv1.2" ? suitesTls12[0] : "TLS_AES_256_GCM_SHA384",
    authorized: true,
    detail: "verified",
  }));
  const refused = versionsRefused.map((version) => ({
    probe: `offer ${version}`,
    offered: version,
    answer: "alert" as const,
    alert: 70,
    negotiatedVersion: null,
    negotiatedSuite: null,
    authorized: null,
    detail: "protocol_version",
  }));
  return {
    handshakes: [...accepted, ...refused],
    answers: rightAnswers(slo.securityHeaders),
    ...changes,
  };
}

/** A page whose script and style are bound to their content. */
export const rightPage = `<!doctype html><html><head>
<script type="module" src="/assets/index-AbCd1234.js" crossorigin integrity="sha384-AbCd"></script>
<link rel="stylesheet" href="/assets/index-EfGh5678.css" crossorigin integrity="sha384-EfGh">
</head><body><div id="root"></div></body></html>`;

/** One answer of each class in each version of HTTP, of every replica where one answers. */
export function rightAnswers({ expected }: HeaderObjective): readonly HeaderObservation[] {
  return Object.entries(expected).flatMap(
    ([answerClass, { status, httpVersions, byReplica, headers }]) =>
      httpVersions.flatMap((httpVersion) =>
        (byReplica ? replicaNames : [null]).map((replica) => ({
          answerClass,
          httpVersion,
          status,
          headers: [
            ...Object.entries(headers),
            ["server", "nginx"] as const,
            ...(replica === null ? [] : [["x-replica-id", replica] as const]),
            ...(status === 308 ? [["location", "https://hyper-mission.test/"] as const] : []),
          ],
          body: answerClass === "html" ? rightPage : null,
        })),
      ),
  );
}

export function judgedHistory(seen: History): JudgedRecord {
  return { kind: "history", seen };
}
