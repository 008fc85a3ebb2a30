/** What a full run must contain: a claim that is missing from a run was not measured. */

export const profiles = ["release", "nightly"] as const;
export type Profile = (typeof profiles)[number];

export interface ExpectedClaim {
  /** Path of the suite file below `suites/`, without its ending; the id of the claim everywhere. */
  readonly claim: string;
  /** Ids of the objectives that the claim must have judged. */
  readonly objectives: readonly string[];
  readonly profiles: readonly Profile[];
}

const always = profiles;

export const manifest: readonly ExpectedClaim[] = [
  {
    claim: "static/first-byte",
    objectives: ["SC-1.first-byte-idle", "SC-1.first-byte-under-load"],
    profiles: always,
  },
  { claim: "static/client-image", objectives: ["P1.client-image"], profiles: always },
  { claim: "tls/handshake", objectives: ["VP-2.handshake"], profiles: always },
  { claim: "tls/security-headers", objectives: ["VP-2.headers"], profiles: always },
  { claim: "hardening/containers", objectives: ["HARD.containers"], profiles: always },
  {
    claim: "load/sustained-throughput",
    objectives: ["SC-3.sustained", "VP-1.share"],
    profiles: always,
  },
  {
    claim: "resilience/replica-kill",
    objectives: ["VP-3.availability", "VP-3.duplicates", "VP-3.rotation"],
    profiles: always,
  },
  { claim: "durability/postgres-restart", objectives: ["SC-4.restart"], profiles: always },
  { claim: "durability/postgres-kill", objectives: ["SC-4.kill"], profiles: always },
  { claim: "migration/zero-loss", objectives: ["P3.zero-loss"], profiles: always },
  { claim: "migration/volume-persists", objectives: ["P3.volume"], profiles: always },
  {
    claim: "migration/failure-paths",
    objectives: ["P3.failure-paths"],
    profiles: ["nightly"],
  },
];
