/** What a full run must contain: a claim that is missing from a run was not measured. */

/**
 * `local`: what takes seconds and hurts nothing, for whoever is at work. `release`: what a release
 * has to show. `nightly`: everything.
 */
export const profiles = ["local", "release", "nightly"] as const;
export type Profile = (typeof profiles)[number];

export interface ExpectedClaim {
  /** Path of the suite file below `suites/`, without its ending; the id of the claim everywhere. */
  readonly claim: string;
  /** Ids of the objectives that the claim must have judged. */
  readonly objectives: readonly string[];
  readonly profiles: readonly Profile[];
  /**
   * A service that not every machine can have. Where the stack is without it the claim is not
   * measured, which is told, and which no profile requires.
   */
  readonly needs?: string;
}

const quick = profiles;
const always = ["release", "nightly"] as const;
const nightly = ["nightly"] as const;

/** Claims about faults, each with the ending of its objectives' ids behind the id of the fault. */
function underFault(
  claim: string,
  fault: string,
  endings: readonly string[],
  inProfiles: readonly Profile[] = nightly,
): ExpectedClaim {
  const objectives = endings.map((ending) => `${fault}.${ending}`);
  return { claim, objectives, profiles: inProfiles };
}

const unnoticed = ["availability", "duplicates", "side-effects"] as const;
const survived = ["recovery", "durability", "side-effects"] as const;

export const manifest: readonly ExpectedClaim[] = [
  {
    claim: "static/first-byte",
    objectives: ["SC-1.first-byte-idle", "SC-1.first-byte-under-load"],
    profiles: always,
  },
  { claim: "static/first-connection", objectives: ["SC-1.first-connection"], profiles: always },
  { claim: "static/client-image", objectives: ["P1.client-image"], profiles: quick },
  { claim: "static/cdn", objectives: ["CDN.static"], profiles: quick },
  { claim: "static/transfer", objectives: ["P1.transfer"], profiles: quick },
  { claim: "tls/handshake", objectives: ["VP-2.handshake"], profiles: quick },
  { claim: "tls/protocols", objectives: ["VP-2.protocols"], profiles: quick },
  { claim: "tls/suites-and-groups", objectives: ["VP-2.suites"], profiles: quick },
  { claim: "tls/certificate", objectives: ["VP-2.certificate"], profiles: quick },
  { claim: "tls/sessions", objectives: ["VP-2.sessions"], profiles: quick },
  { claim: "tls/other-scanners", objectives: ["VP-2.scanners"], profiles: quick },
  { claim: "tls/security-headers", objectives: ["VP-2.headers"], profiles: quick },
  { claim: "tls/redirect", objectives: ["P2.redirect", "P2.hsts"], profiles: quick },
  { claim: "hardening/containers", objectives: ["HARD.containers"], profiles: quick },
  { claim: "hardening/entry", objectives: ["HARD.entry"], profiles: quick },
  { claim: "browser/secure-lock", objectives: ["SC-2.lock"], profiles: always },
  { claim: "browser/forms", objectives: ["SC-3.client"], profiles: always },
  { claim: "browser/first-visit", objectives: ["SC-1.first-visit"], profiles: nightly },
  // Before anything is loaded beyond its promise or hurt: an alert remembers that for hours.
  { claim: "observability/targets", objectives: ["P4.every-target"], profiles: quick },
  { claim: "observability/alerts", objectives: ["P4.alerts"], profiles: quick },
  {
    claim: "observability/counters",
    objectives: ["P4.counters", "P4.quiet"],
    profiles: always,
  },
  { claim: "observability/panels", objectives: ["P4.panels"], profiles: always },
  { claim: "observability/not-public", objectives: ["P4.not-public"], profiles: quick },
  {
    claim: "observability/grafana",
    objectives: ["P4.grafana"],
    profiles: always,
    needs: "grafana",
  },
  { claim: "observability/quiet", objectives: ["P4.quiet-for-long"], profiles: nightly },
  {
    claim: "load/sustained-throughput",
    objectives: ["SC-3.sustained", "VP-1.share"],
    profiles: always,
  },
  {
    claim: "observability/replica-down-alert",
    objectives: ["P4.targets", "P4.replica-down-alert"],
    profiles: always,
  },
  {
    claim: "observability/recreated-replica",
    objectives: ["P4.recreated-replica"],
    profiles: nightly,
  },
  {
    claim: "load/capacity",
    objectives: ["SC-3.capacity-curve", "SC-3.saturation"],
    profiles: nightly,
  },
  {
    claim: "load/overload",
    objectives: ["SC-3.shedding", "SC-3.overload.recovery", "SC-3.overload.side-effects"],
    profiles: nightly,
  },
  {
    claim: "load/ratios",
    objectives: ["SC-3.read-over-file", "SC-3.list-over-file"],
    profiles: nightly,
  },
  { claim: "load/soak", objectives: ["SC-3.soak", "SC-3.memory"], profiles: nightly },
  { claim: "load/event-loop", objectives: ["SC-3.event-loop"], profiles: nightly },
  { claim: "load/balance", objectives: ["VP-1.clients"], profiles: always },
  {
    claim: "load/upstream-connections",
    objectives: ["VP-1.upstream-connections"],
    profiles: always,
  },
  { claim: "load/stores-used", objectives: ["SC-3.stores"], profiles: always },
  { claim: "load/database-connections", objectives: ["SC-3.connections"], profiles: always },
  { claim: "api/contract", objectives: ["SC-3.contract"], profiles: quick },
  {
    claim: "resilience/replica-kill",
    objectives: [
      "VP-3.availability",
      "VP-3.duplicates",
      "VP-3.rotation",
      "VP-3.replica-kill.side-effects",
    ],
    profiles: always,
  },
  {
    claim: "resilience/no-replica-left",
    objectives: ["VP-2.headers-without-replicas", "VP-3.gateway-health"],
    profiles: always,
  },
  underFault("resilience/replica-crash", "VP-3.replica-crash", [...unnoticed, "recovery"], always),
  underFault("resilience/replica-stop", "VP-3.replica-stop", [...unnoticed, "conduct"]),
  underFault("resilience/replica-pause", "VP-3.replica-pause", unnoticed, always),
  underFault("resilience/replica-out-of-memory", "VP-3.replica-out-of-memory", [
    ...unnoticed,
    "recovery",
  ]),
  underFault("resilience/replica-starved", "VP-3.replica-starved", [
    "recovery",
    "duplicates",
    "side-effects",
  ]),
  underFault("resilience/replica-refused", "VP-3.replica-refused", unnoticed),
  underFault("resilience/replica-black-hole", "VP-3.replica-black-hole", unnoticed),
  underFault("resilience/replicas-recreated", "VP-3.replicas-recreated", [
    ...unnoticed,
    "recovery",
  ]),
  underFault("resilience/rolling-restart", "VP-3.rolling-restart", unnoticed, always),
  underFault(
    "resilience/kill-during-rolling-restart",
    "VP-3.kill-during-rolling-restart",
    unnoticed,
  ),
  underFault("resilience/gateway-reload", "RES.gateway-reload", unnoticed, always),
  underFault("resilience/certificate-replaced", "RES.certificate-replaced", [
    ...unnoticed,
    "conduct",
  ]),
  underFault("resilience/gateway-crash", "RES.gateway-crash", survived),
  underFault(
    "resilience/redis-kill",
    "RES.redis-kill",
    [...unnoticed, "freshness", "conduct"],
    always,
  ),
  underFault("resilience/redis-pause", "RES.redis-pause", [...unnoticed, "freshness", "conduct"]),
  underFault("resilience/redis-cut-off", "RES.redis-cut-off", [
    ...unnoticed,
    "freshness",
    "conduct",
  ]),
  underFault("resilience/redis-emptied", "RES.redis-emptied", [...unnoticed, "freshness"]),
  underFault("resilience/database-answers-late", "RES.database-answers-late", [
    ...unnoticed,
    "freshness",
  ]),
  underFault(
    "resilience/kill-while-postgres-restarts",
    "RES.kill-while-postgres-restarts",
    survived,
  ),
  {
    claim: "durability/postgres-restart",
    objectives: ["SC-4.restart", "SC-4.postgres-restart.side-effects"],
    profiles: always,
  },
  {
    claim: "durability/postgres-kill",
    objectives: ["SC-4.kill", "SC-4.postgres-kill.side-effects"],
    profiles: always,
  },
  { claim: "durability/commit-sync", objectives: ["SC-4.commit-sync"], profiles: always },
  underFault(
    "durability/postgres-recreate",
    "SC-4.postgres-recreate",
    ["durability", "conduct"],
    always,
  ),
  underFault("durability/postgres-pause", "SC-4.postgres-pause", [
    "durability",
    "recovery",
    "conduct",
  ]),
  underFault("durability/connections-exhausted", "SC-4.connections-exhausted", [
    "durability",
    "recovery",
  ]),
  underFault("durability/disk-full", "SC-4.disk-full", ["durability", "recovery"]),
  underFault("durability/power-loss", "SC-4.power-loss", ["durability"]),
  { claim: "migration/zero-loss", objectives: ["P3.zero-loss"], profiles: always },
  { claim: "migration/volume-persists", objectives: ["P3.volume"], profiles: always },
  {
    claim: "migration/failure-paths",
    objectives: ["P3.failure-paths"],
    profiles: ["nightly"],
  },
];

/**
 * Claims that cannot be measured on a stack of these services, with the service that they lack; none
 * as long as nobody knows of any service.
 */
export function impossibleClaims(
  images: readonly { readonly service: string }[],
  claims: readonly ExpectedClaim[] = manifest,
): ReadonlyMap<string, string> {
  const services = images.map(({ service }) => service);
  if (services.length === 0) return new Map();
  const lacking = claims.flatMap(({ claim, needs }) =>
    needs === undefined || services.includes(needs) ? [] : [[claim, needs] as const],
  );
  return new Map(lacking);
}
