/**
 * Every promise and every limit of the suite. A number that can fail a claim stands here and nowhere
 * else; changing one needs a line under *Promises* in the change log.
 */

import type {
  AlertingObjective,
  AvailabilityObjective,
  CountersObjective,
  DuplicateObjective,
  DurabilityObjective,
  ExpectedAnswer,
  FactLimit,
  FactsObjective,
  FreshnessObjective,
  Objective,
  PanelsObjective,
  QuietObjective,
  RecoveryObjective,
  RoadmapPromise,
  SideEffectsObjective,
  TargetsObjective,
  TrafficPlan,
} from "./objectives.ts";

export type * from "./objectives.ts";

export const promises = [
  {
    id: "SC-1",
    severity: "blocker",
    words: "The frontend loads static assets, first byte in under 100 ms",
  },
  { id: "SC-2", severity: "blocker", words: "The browser shows the Secure lock" },
  {
    id: "SC-3",
    severity: "blocker",
    words: "The API handles 100+ requests per second without error",
  },
  { id: "SC-4", severity: "blocker", words: "Data survives container restarts" },
  {
    id: "VP-1",
    severity: "critical",
    words: "The load balancer distributes across the three replicas",
  },
  { id: "VP-2", severity: "critical", words: "TLS handshake and security headers are right" },
  {
    id: "VP-3",
    severity: "critical",
    words: "A killed replica costs no downtime: traffic is rerouted",
  },
  {
    id: "P1",
    severity: "normal",
    words: "The client image is multi-stage, gzipped and cached, under 20 MB",
  },
  { id: "P2", severity: "critical", words: "HTTPS everywhere: redirect and HSTS" },
  { id: "P3", severity: "critical", words: "Data is migrated and its volume persists" },
  {
    id: "P4",
    severity: "normal",
    words: "Prometheus scrapes all replicas; dashboards and alerts work",
  },
  { id: "CDN", severity: "normal", words: "Static files are ready for a CDN" },
  {
    id: "RES",
    severity: "critical",
    words: "Any one part may fail: clients hardly notice, and it heals",
  },
  { id: "HARD", severity: "normal", words: "Containers run with the least they need" },
] as const satisfies readonly RoadmapPromise[];

/** When the generator's own figures make a measurement worth nothing. */
export const generatorValidity = {
  /** 99th percentile of lateness, as a share of the latency limit that is judged. */
  sendLagShareOfLimitMax: 0.1,
  /** 99th percentile of the delay of the generator's event loop, as a share of the same limit. */
  eventLoopDelayShareOfLimitMax: 0.2,
  achievedRateShareMin: 0.99,
  /**
   * 99th percentile. A generator that is later than this offered another load than the planned one, on
   * a machine that starved the stack as well: at 0.8 s and more, sound stacks refused and timed out.
   */
  sendLagMsMax: 400,
  /** 95th percentile of a server that does nothing, as a share of the latency limit that is judged. */
  controlShareOfLimitMax: 0.2,
  /** Of one processor; above it the generator waits for itself. */
  processorShareMax: 0.5,
  /** Share of the time in which something waited for a processor, and of time taken by others. */
  pressureShareMax: 0.95,
  stolenShareMax: 0.2,
  /** With less than this left of all processors, slow answers alone are no proof against the stack. */
  idleShareForSlowMin: 0.2,
  /** With less than this left, neither are answers that came too late to be given at all. */
  idleShareForLateMin: 0.02,
  /** A machine that stands still delays a request on its way out, in the stack and on its way back. */
  stallFactor: 3,
  /** Lateness up to this is the everyday grain of the clock, and no stall. */
  stallMsMin: 25,
  /** A request that was sent late so shortly before belongs to the same standstill. */
  stallLookBackMs: 500,
  reason:
    "what the generator adds to a latency must stay a small part of the limit; counts need only " +
    "that every planned request was sent. On two cores that another job shares, 35 ms and more of " +
    "lateness were seen",
} as const;

/** How fast half of all answers must be before a fault, for the moment to count as normal. */
export const steadyPace = {
  medianMsMax: 400,
  reason:
    "5 to 30 ms are normal; a machine on which twenty jobs wait for two processors showed 2 s before " +
    "the fault, and failures after it that were not the fault's. A stack that is slow by itself fails " +
    "SC-1 and SC-3, which ask for just that",
} as const;

/** When a number that keeps its limit is so much worse than before that it has to be told. */
export const baselineRules = {
  /** The last passed runs of the same kind whose median counts. */
  runsMax: 7,
  /** Fewer say nothing about what is usual. */
  runsMin: 3,
  units: {
    ms: { better: "lower", worseShareMax: 1, worseMin: 50 },
    bytes: { better: "lower", worseShareMax: 0.1, worseMin: 0 },
    "per second": { better: "higher", worseShareMax: 0.2, worseMin: 0 },
  },
  reason:
    "a change for the worse must be seen before it reaches a limit; it only warns, because times on " +
    "a shared machine double by themselves",
} as const;

/** How often a claim is measured again while nothing could be concluded; a failed one never is. */
export const repetitionsWhileUnknownMax = 2;

/** What counts as in time where a probe of the load counts answers. */
export const inTime = {
  /** Half of what a change waits for a lock: a read that takes longer has waited for the change. */
  readBesideChangesMsMax: 500,
  /** From the first packet of a connection to the first byte of its first answer. */
  visitorsFirstByteMsMax: 250,
} as const;

const mixed = { "list missions": 0.4, "read mission": 0.4, "create mission": 0.2 } as const;

/** A load that stays at each rate for a while and goes on to the next. */
interface Level {
  readonly perSecond: number;
  readonly durationMs: number;
}

/**
 * More than may wait, once nothing is answered, and then what the system is made for: whether it comes
 * back must not depend on how fast the machine is beyond that.
 */
function surge(...levels: readonly Level[]): TrafficPlan {
  const durationMs = levels.reduce((sum, level) => sum + level.durationMs, 0);
  const requests = levels.reduce((sum, level) => sum + level.perSecond * level.durationMs, 0);
  return {
    ratePerSecond: requests / durationMs,
    durationMs,
    stages: levels.map((level) => ({
      durationMs: level.durationMs,
      fromPerSecond: level.perSecond,
      toPerSecond: level.perSecond,
    })),
    mix: { "list missions": 1 },
    timeoutMs: 10_000,
    openRequestsMax: 2_048,
  };
}

function stepped(rates: readonly number[], stepMs: number): TrafficPlan {
  return {
    ratePerSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
    durationMs: rates.length * stepMs,
    stages: rates.map((rate) => ({
      durationMs: stepMs,
      fromPerSecond: rate,
      toPerSecond: rate,
    })),
    mix: mixed,
    timeoutMs: 10_000,
    openRequestsMax: 1_024,
  };
}

/** Loads by name; suites ask for them, they never state numbers. */
export const traffic = {
  staticAssets: {
    ratePerSecond: 200,
    durationMs: 15_500,
    mix: { "static asset": 1 },
    timeoutMs: 5_000,
    openRequestsMax: 512,
  },
  /** The API at its own promised rate beside the static files. */
  staticAssetsUnderLoad: {
    ratePerSecond: 200,
    durationMs: 31_500,
    mix: {
      "static asset": 0.5,
      "list missions": 0.2,
      "read mission": 0.2,
      "create mission": 0.1,
    },
    timeoutMs: 5_000,
    openRequestsMax: 512,
  },
  sustained: {
    ratePerSecond: 110,
    durationMs: 60_500,
    mix: mixed,
    timeoutMs: 10_000,
    openRequestsMax: 1_024,
  },
  /** The promised rate for as long as what is held on to needs to show. */
  soak: {
    ratePerSecond: 110,
    durationMs: 240_500,
    mix: mixed,
    timeoutMs: 10_000,
    openRequestsMax: 1_024,
  },
  /** Up and up, until the stack falls behind. */
  steps: stepped([50, 100, 150, 200, 250, 300, 400, 500, 650, 800], 6_000),
  /** Each kind between the others, so that what disturbs one disturbs all. */
  interleaved: {
    ratePerSecond: 120,
    durationMs: 20_500,
    mix: { "static asset": 0.4, "read mission": 0.3, "list missions": 0.3 },
    timeoutMs: 10_000,
    openRequestsMax: 512,
  },
  /** Sent at one moment, so that a read meets a write on its replica however fast that answers. */
  besideWrites: {
    ratePerSecond: 120,
    together: 8,
    durationMs: 40_500,
    mix: { "read mission": 0.85, "create mission": 0.15 },
    timeoutMs: 10_000,
    openRequestsMax: 1_024,
  },
  /** The surge begins when the fault does, after the lead-in, and ends with it. */
  overload: surge(
    { perSecond: 50, durationMs: 2_500 },
    { perSecond: 300, durationMs: 4_500 },
    { perSecond: 50, durationMs: 53_000 },
  ),
  /** Until the faults are over; the duration is only the longest that it may go on. */
  duringFault: {
    ratePerSecond: 120,
    durationMs: 240_000,
    mix: mixed,
    timeoutMs: 10_000,
    openRequestsMax: 2_048,
  },
  /** A few missions are changed all the time and read again, so that an old answer can be told. */
  duringCacheFault: {
    ratePerSecond: 120,
    durationMs: 240_000,
    mix: {
      "read changed mission": 0.45,
      "change mission": 0.2,
      "read mission": 0.1,
      "list missions": 0.1,
      "create mission": 0.15,
    },
    timeoutMs: 10_000,
    openRequestsMax: 2_048,
  },
  /** Enough for every figure of a dashboard to be more than nothing. */
  monitored: {
    ratePerSecond: 100,
    durationMs: 12_000,
    mix: mixed,
    timeoutMs: 10_000,
    openRequestsMax: 1_024,
  },
  /** The promise of no false alarm speaks of five minutes; a little more, so that none is missing. */
  quiet: {
    ratePerSecond: 60,
    durationMs: 305_000,
    mix: mixed,
    timeoutMs: 10_000,
    openRequestsMax: 1_024,
  },
} as const satisfies Record<string, TrafficPlan>;

/** Clients that ask again as soon as they are answered, one count after the other. */
export const saturation = {
  connections: [10, 50],
  durationMs: 8_000,
  label: "list missions",
} as const;

/** How many requests may wait before a rising load has shown that the stack falls behind. */
export const behindOpenMax = 250;

/** Closed-loop writers of the durability claims: they keep writes in flight at any speed. */
export const writers = {
  count: 16,
  timeoutMs: 15_000,
  operationsMax: 60_000,
} as const;

/** How long a fault may take to bite, to be undone and to heal, and how long it is held. */
export const faultTiming = {
  /** How long requests may take to gather on a frozen replica before it is killed anyway. */
  gatherMsMax: 2_000,
  /** How long acknowledgements may take to become dense enough for a kill. */
  denseMsMax: 15_000,
  biteMsMax: 10_000,
  recoverMsMax: 30_000,
  healMsMax: 60_000,
  /** Longer than any limit for healing by itself, or the limit could not be judged. */
  selfHealMsMax: 25_000,
  /** Longer than the gateway's memory of a dead peer, so that its second try falls inside. */
  replicaHoldMs: 4_500,
  /** Longer than the gateway waits for an answer: a shorter silence would show only itself. */
  silentHoldMs: 9_000,
  dependencyHoldMs: 6_000,
  /** At the rate of an overload: twice as many requests as may wait. */
  pileUpHoldMs: 3_700,
  /** Often enough for every entry to be lost between its store and its next read. */
  emptyingsCount: 16,
  emptyingEveryMs: 250,
  /** Several answers are held back in each turn, and about half of them are overtaken by a change. */
  lateAnswersCount: 12,
  /** Shorter than a replica trusts the cache without asking (0.5 s): who does not, stores nothing. */
  lateAnswersMs: 300,
  /** Long enough for everybody to read what was stored late, before it is changed again. */
  betweenLateAnswersMs: 500,
  /** How long the gateway may remember an address: it asks every 5 s, and may wait 2 s for it. */
  addressRememberedMsMax: 8_000,
  strangersHoldMs: 2_000,
  selfHealingHoldMs: 0,
  betweenReloadsMs: 700,
  /** How long what waits at a reload goes on waiting: the workers of before may not hurry it. */
  waitingAcrossReloadMs: 500,
  leadInMs: 2_500,
  /** Longer than the limit for being back in rotation and its window, or it could not be judged. */
  afterHealedMsMax: 18_500,
  /** Traffic goes on for so long after the recovery was seen, because recoveries flap. */
  tailMs: 1_000,
  reason: "a hold shorter than fail_timeout hides the second burst of slow requests",
} as const;

/** How long a page may take to tell what a person did, or what others have done. */
export const clientTiming = {
  toldMsMax: 20_000,
  reason:
    "a page asks every five seconds for what is new; the rest is room for a machine on which others work",
} as const;

/** From where on an observer takes a fault for proved. */
export const proofLimits = {
  /** Billionths of a processor that a starved replica keeps. */
  starvedNanoProcessors: 50_000_000,
  /** Periods of the kernel's scheduler, 100 ms each, that must have passed before anything is concluded. */
  periodsMin: 15,
  /** Share of those periods in which the kernel made the container wait. */
  throttledShareMin: 0.5,
  /** How long who is asked past the gateway may be silent before that counts as silence. */
  answerSeconds: 1,
  reason:
    "a third of the traffic was measured to need 80 million billionths of a processor, so that 50 " +
    "million starve it; a sound replica answers within milliseconds and is throttled in no period",
} as const;

/** Commits one after the other by which syncs are counted; each needs one of its own. */
export const serialCommits = 200;

/** How often a fault is repeated within one claim where its timing decides the result. */
export const repetitions = { replicaKill: 3, postgresKill: 3 } as const;

const noSecretsReason =
  "the recommended set of the OWASP Secure Headers Project and MDN Observatory for a site of its own origin";

const everywhere = {
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-dns-prefetch-control": "off",
  "x-permitted-cross-domain-policies": "none",
} as const;

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; upgrade-insecure-requests";
const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const immutable = "public, max-age=31536000, immutable";

/** Browsers must not learn them from an answer that anybody on the way could have written. */
const ofHttpsOnly = [
  "strict-transport-security",
  "cross-origin-opener-policy",
  "cross-origin-embedder-policy",
] as const;

/** Answers in the place of pages and files; `null` where nothing is promised about caches. */
function fileAnswer(status: number, cacheControl: string | null): ExpectedAnswer {
  const caching = cacheControl === null ? {} : { "cache-control": cacheControl };
  return {
    status,
    httpVersions: ["1.1", "2"],
    byReplica: false,
    headers: { ...everywhere, "content-security-policy": pagePolicy, ...caching },
    absent: ["set-cookie"],
  };
}

function apiAnswer(status: number, byReplica: boolean): ExpectedAnswer {
  return {
    status,
    httpVersions: ["1.1", "2"],
    byReplica,
    headers: {
      ...everywhere,
      "content-security-policy": apiPolicy,
      "cache-control": "no-store",
    },
    absent: [],
  };
}

/** Problem details that the gateway writes in the API's place, without asking any replica. */
function problemAnswer(status: number): ExpectedAnswer {
  const { headers, ...answer } = apiAnswer(status, false);
  return {
    ...answer,
    headers: { ...headers, "content-type": "application/problem+json; charset=utf-8" },
    absent: ["x-replica-id"],
  };
}

/** What tells an attacker something, or opens the site to others. */
const headersForbidden = [
  "x-powered-by",
  "x-aspnet-version",
  "x-runtime",
  "x-redirect-by",
  "x-xss-protection",
  "via",
  "sourcemap",
  "x-sourcemap",
  "content-security-policy-report-only",
  "public-key-pins",
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-headers",
  "access-control-allow-methods",
];

function answerWithoutTls(status: number): ExpectedAnswer {
  const { headers, ...answer } = fileAnswer(status, "no-store");
  const kept = Object.entries(headers).filter(
    ([header]) => !ofHttpsOnly.some((each) => each === header),
  );
  return {
    ...answer,
    httpVersions: ["1.1"],
    headers: Object.fromEntries(kept),
    absent: [...ofHttpsOnly, ...answer.absent],
  };
}

/** What every kind of client has to see of the replicas. */
const spreadEvenly = {
  "good answers": { atLeast: 600 },
  "other answers": "0",
  "replicas that answered": "3",
  "thousandths from a fair share": 21,
  "answers of which header and log disagree": "0",
} as const;

/** What keeps answers to plain HTTP, and to names that are not ours, from doing harm. */
const answersOfStrangers = {
  "names that are not ours in headers or body": "none",
  "pages of ours": "none",
} as const;
/** What a cache on the way needs to keep a file, to ask whether it changed, and to share it. */
const cacheable = {
  status: "200",
  "entity tag": '"[^"]+"',
  "last modified": "\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT",
  "length is told and right": "true",
  "status when the entity tag is the same": "304",
  "status when it was not modified since": "304",
  "caching headers of a 304": "those of the file",
  "headers without the body": "those of the file",
  "for a visitor with cookies, credentials and another language": "the same",
  cookies: "none",
  "headers that a shared cache must not keep": "none",
} as const;

/** What holds for every container; patterns of the whole fact. */
const confined = {
  image: "[^@]+:(?!latest(?:@|$))[^:/@]+(?:@sha256:[0-9a-f]{64})?",
  user: "[1-9]\\d*(?::[1-9]\\d*)?",
  "process users": "[1-9]\\d*(?: [1-9]\\d*){3}",
  privileged: "false",
  "read-only root": "true",
  "capabilities dropped": "ALL",
  "capabilities added": "none",
  "process capabilities at most": "0+",
  "security options": "no-new-privileges(?::true)?",
  "process refuses new privileges": "1",
  "process seccomp mode": "2",
  devices: "none",
  "host namespaces": "none",
  "engine socket": "false",
  mounts: "none",
  "memory limit": "[1-9]\\d*",
  "processor limit": "[1-9]\\d*",
  "process limit": "[1-9]\\d*",
  // One that says yes whatever happens is none.
  "health check": "(?!.*\\|\\| *(?:true|:|exit 0)$)CMD(?:-SHELL)? (?!(?:/bin/)?true$|exit 0$|:$).+",
  "stop signal": "SIGTERM",
  "seconds to stop": { atLeast: 10 },
  "restart policy": "always|unless-stopped",
  log: "(?:json-file|local) max-size=[1-9]\\d{0,2}[km] max-file=[1-9]",
  "published ports": "none",
  networks: "data \\(internal\\)",
} as const;

/** How a handshake is refused in words: RFC 8446 §6.2 and RFC 7507 §3. */
const refusal = {
  unexpectedMessage: "alert 10",
  nothingShared: "alert 40",
  protocolVersion: "alert 70",
  inappropriateFallback: "alert 86",
  unrecognizedName: "alert 112",
  noApplicationProtocol: "alert 120",
} as const;

/** Every name with the same limit. */
function each<Limit extends FactLimit>(names: readonly string[], limit: Limit) {
  return Object.fromEntries(names.map((name) => [name, limit] as const));
}

const groupsTls12Refused = [
  "x448",
  "secp521r1",
  "secp192r1",
  "secp224r1",
  "secp256k1",
  "sect283r1",
  "brainpoolP256r1",
  "brainpoolP384r1",
  "brainpoolP512r1",
] as const;
const groupsTls13Refused = [
  ...groupsTls12Refused,
  "SecP256r1MLKEM768",
  "SecP384r1MLKEM1024",
  "MLKEM512",
  "MLKEM768",
  "MLKEM1024",
  "X25519Kyber768Draft00",
  "brainpoolP256r1tls13",
  "ffdhe2048",
  "ffdhe3072",
  "ffdhe4096",
] as const;
const groupsAccepted = ["x25519", "secp256r1", "secp384r1"] as const;

/** OpenSSL knows the group from 3.5 on; a gateway that has it has to offer it. */
const postQuantumByOpenssl =
  `(?:[0-2]\\.\\d+|3\\.[0-4])\\.\\d+: ${refusal.nothingShared}|` +
  "(?:3\\.(?:[5-9]|\\d{2,})|(?:[4-9]|\\d{2,})\\.\\d+)\\.\\d+: accepted";

const suitesTls12 =
  "ECDHE-RSA-AES128-GCM-SHA256, ECDHE-RSA-AES256-GCM-SHA384, ECDHE-RSA-CHACHA20-POLY1305";
/** Facts of scanners that may not be installed. */
const notRunOr = (limit: string) => `not run: .+|${limit}`;

/** A server that must not get a lock, by the error that the browser has to show for it. */
function withoutLock(answer: string) {
  return {
    subjectsMin: 1,
    isControl: true,
    facts: { answer, "security state": "insecure(?:-broken)?" },
  } as const;
}

/** What must come true where only the defence is missing, or the attack has proved nothing. */
function withoutDefence(facts: Readonly<Record<string, string>>) {
  return { subjectsMin: 1, isControl: true, facts } as const;
}

/** The pattern of read-only files from the host, in the order of their paths. */
function readOnlyFiles(...paths: readonly string[]): string {
  return paths.map((path) => `bind ${path.replaceAll(".", "\\.")} read-only`).join(", ");
}

export const slo = {
  staticFirstByteIdle: {
    id: "SC-1.first-byte-idle",
    promise: "SC-1",
    title: "static files answer with their first byte within 100 ms on an idle system",
    limit: "at most 1 % of requests slower than 100 ms",
    reason: "100 ms is the server response target of the roadmap and of Lighthouse",
    label: "static asset",
    limitMs: 100,
    slowShareMax: 0.01,
    sampleSizeMin: 3_000,
  },
  staticFirstByteUnderLoad: {
    id: "SC-1.first-byte-under-load",
    promise: "SC-1",
    title: "static files answer with their first byte within 100 ms while the API is under load",
    limit: "at most 1 % of requests slower than 100 ms",
    reason: "this is what a visitor has; a starved gateway is fast only when nobody uses it",
    label: "static asset",
    limitMs: 100,
    slowShareMax: 0.01,
    sampleSizeMin: 3_000,
  },
  sustainedThroughput: {
    id: "SC-3.sustained",
    promise: "SC-3",
    title: "the API serves 100 requests per second of reads and writes without error",
    limit: "0 errors, 0 dropped, at 100 requests per second or more for a minute",
    reason: "the roadmap's own number; the 3/n bound beside it says what zero errors can mean",
    ratePerSecondMin: 100,
    sampleSizeMin: 6_000,
  },
  soak: {
    id: "SC-3.soak",
    promise: "SC-3",
    title: "the API serves 100 requests per second without error for minutes on end",
    limit: "0 errors, 0 dropped, at 100 requests per second or more for four minutes",
    reason: "what fills up, wears out or expires is not seen within one minute",
    ratePerSecondMin: 100,
    sampleSizeMin: 24_000,
  },
  memoryBounded: {
    id: "SC-3.memory",
    promise: "SC-3",
    title: "replicas hold on to no memory while they serve for minutes on end",
    limit:
      "in the last of four minutes less than 120 % of what each held in the second, by the lowest " +
      "values of both",
    reason:
      "a leak of a few kilobytes for each request ends every replica within a day, all at the same " +
      "time; what is only not collected yet is left out by the lowest value",
    groups: {
      "control: looks": {
        subjectsMin: 3,
        isControl: true,
        facts: { "looks after warming up": { atLeast: 20 }, "looks at the end": { atLeast: 20 } },
      },
      replicas: {
        subjectsMin: 3,
        facts: { "per cent of its memory after warming up": 120 },
      },
    },
  },
  capacityCurve: {
    id: "SC-3.capacity-curve",
    promise: "SC-3",
    title: "the rate that the stack serves without error and in time is above the promised one",
    limit: "100 requests per second or more, 99 % of them within 500 ms; the highest is reported",
    reason:
      "how much of the promise is reserve: open loop, because closed-loop clients wait and so hide " +
      "what an arriving one would have waited",
    ratePerSecondMin: 100,
    answerMsMax: 500,
    sampleSizeMin: 300,
  },
  saturation: {
    id: "SC-3.saturation",
    promise: "SC-3",
    title: "clients that ask again as soon as they are answered lose nothing",
    limit: "0 errors and 0 wrong answers at 100 requests per second or more; the rate is reported",
    reason:
      "the most that can be had with so many clients. autocannon calls a closed connection no error, " +
      "so what it sent, what was answered and what the gateway logged are counted against each other",
    groups: {
      bookkeeping: {
        subjectsMin: 1,
        isControl: true,
        facts: {
          "requests without an answer": "0",
          "answers that the gateway did not log": "0",
          "requests that the gateway logged and nobody sent": "0",
        },
      },
      saturation: {
        subjectsMin: 2,
        facts: {
          "requests per second": { atLeast: 100 },
          errors: "0",
          "answers other than success": "0",
          "wrong bodies": "0",
        },
      },
    },
  },
  balance: {
    id: "VP-1.share",
    promise: "VP-1",
    title: "the gateway spreads requests evenly over three replicas",
    limit: "each share within 2 percentage points of a third",
    reason: "round robin was measured to stay within 0.3 points at this sample size",
    replicas: 3,
    shareDeviationMax: 0.02,
    sampleSizeMin: 600,
  },
  handshake: {
    id: "VP-2.handshake",
    promise: "VP-2",
    title: "the gateway speaks TLS 1.2 and 1.3 only, with a certificate that verifies",
    limit: "TLS 1.0 and 1.1 refused with alert 70, 1.2 and 1.3 accepted and verified",
    reason: "TLSRef guideline 6.0, profile intermediate",
    versionsAccepted: ["TLSv1.2", "TLSv1.3"],
    versionsRefused: ["TLSv1", "TLSv1.1"],
    refusalAlert: 70,
    suitesTls12: [
      "ECDHE-RSA-AES128-GCM-SHA256",
      "ECDHE-RSA-AES256-GCM-SHA384",
      "ECDHE-RSA-CHACHA20-POLY1305",
    ],
  },
  tlsProtocols: {
    id: "VP-2.protocols",
    promise: "VP-2",
    title: "old versions of TLS are refused in words, and new ones cannot be talked down to them",
    limit:
      "SSL 2 to TLS 1.1 refused with their alerts, TLS 1.2 and 1.3 accepted, a fallback refused with " +
      "alert 86, no compression, no heartbeat, extended master secret, secure renegotiation",
    reason:
      "TLSRef guideline 6.0, profile intermediate; RFC 8446 §4.1.3, RFC 7507, RFC 7627, RFC 5746. " +
      "A connection that merely fails may have failed for any reason",
    groups: {
      versions: {
        subjectsMin: 1,
        facts: {
          "SSL 2": `${refusal.protocolVersion}|${refusal.nothingShared}`,
          "SSL 3": `${refusal.protocolVersion}|${refusal.nothingShared}`,
          "TLS 1.0": refusal.protocolVersion,
          "TLS 1.1": refusal.protocolVersion,
          "TLS 1.2": "TLS 1\\.2 with .+",
          "TLS 1.3": "TLS 1\\.3 with .+",
          "a version after TLS 1.3": refusal.protocolVersion,
          "TLS 1.3 among made-up values": "TLS 1\\.3 with .+",
        },
      },
      refusals: {
        subjectsMin: 1,
        facts: {
          "TLS 1.2 as a fallback": refusal.inappropriateFallback,
          "signatures by SHA-1 or MD5 alone": refusal.nothingShared,
          "a server name that is not ours": refusal.unrecognizedName,
          "new keys before any were agreed": refusal.unexpectedMessage,
        },
      },
      options: {
        subjectsMin: 1,
        facts: {
          compression: "none",
          "downgrade sentinel": "444f574e47524401",
          "heartbeat agreed": "false",
          "truncated MAC agreed": "false",
          "extended master secret agreed": "true",
          "secure renegotiation agreed": "true",
          "session ticket agreed": "false",
        },
      },
    },
  },
  tlsSuites: {
    id: "VP-2.suites",
    promise: "VP-2",
    title: "exactly the suites and groups of the profile are accepted",
    limit:
      "3 suites in TLS 1.2 and 3 in TLS 1.3, all with forward secrecy and authenticated encryption; " +
      "X25519, P-256, P-384, and X25519MLKEM768 where OpenSSL has it; all else refused with alert 40",
    reason:
      "TLSRef guideline 6.0, profile intermediate, without what needs a certificate of another kind; " +
      "one suite too many is the one that an attacker asks for",
    groups: {
      "weak suites": {
        subjectsMin: 1,
        facts: each(
          [
            "RC4",
            "3DES",
            "DES, IDEA and SEED",
            "EXPORT",
            "NULL",
            "anonymous",
            "RSA without forward secrecy",
            "CBC with forward secrecy",
            "finite-field Diffie-Hellman",
            "pre-shared keys",
          ],
          refusal.nothingShared,
        ),
      },
      "accepted suites": {
        subjectsMin: 1,
        facts: {
          "suites of TLS 1.2": suitesTls12,
          "suites of TLS 1.3":
            "TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256",
          "who chooses among them": "the client",
        },
      },
      "groups of TLS 1.3": {
        subjectsMin: 1,
        facts: {
          ...each(groupsAccepted, "accepted"),
          ...each(groupsTls13Refused, refusal.nothingShared),
          "X25519MLKEM768, by version of OpenSSL": postQuantumByOpenssl,
        },
      },
      "groups of TLS 1.2": {
        subjectsMin: 1,
        facts: {
          ...each(groupsAccepted, "accepted"),
          ...each(groupsTls12Refused, refusal.nothingShared),
        },
      },
    },
  },
  tlsCertificate: {
    id: "VP-2.certificate",
    promise: "VP-2",
    title: "the certificate is the right one, strong, valid for weeks to come, and its key is kept",
    limit:
      "exactly our names, for servers only, RSA-2048 or P-256 and more, SHA-256 and more, at most 366 " +
      "days long, 30 or more left; leaf without root; the authority's key nowhere",
    reason:
      "TLSRef guideline 6.0, profile intermediate; RFC 5280. Clients disagree: Node takes a leaf " +
      "without names, browsers take one without a purpose or of 900 days",
    groups: {
      chain: {
        subjectsMin: 1,
        facts: {
          "certificates sent": "leaf(?:, intermediate)*",
          "each issued by the next, the last by the authority": "true",
          signatures:
            "(?:(?:sha(?:256|384|512)WithRSAEncryption|ecdsa-with-SHA(?:256|384|512))(?:, |$))+",
        },
      },
      leaf: {
        subjectsMin: 1,
        facts: {
          "days until its end": { atLeast: 30 },
          names:
            "DNS:hyper-mission\\.test, DNS:localhost, IP Address:127\\.0\\.0\\.1, " +
            "IP Address:0:0:0:0:0:0:0:1",
          "extended key usage": "serverAuth",
          "key usage": "digitalSignature, critical",
          "basic constraints": "end entity, critical",
          key: "rsa (?:2048|3072|4096), exponent 65537|ec (?:prime256v1|secp384r1)",
          signature: "sha(?:256|384|512)WithRSAEncryption|ecdsa-with-SHA(?:256|384|512)",
          "bits of the serial number": { atLeast: 64 },
          "identifier of its issuer's key": "true",
          "must be stapled": "false",
          "days of validity": 367,
          "days since its begin": { atLeast: 0 },
          "the one on disk": "true",
        },
      },
      client: {
        subjectsMin: 1,
        facts: {
          "verified in TLS 1.2": "verified",
          "verified in TLS 1.3": "verified",
          "the same leaf in TLS 1.3": "true",
        },
      },
      "client without the authority": {
        subjectsMin: 1,
        isControl: true,
        facts: { "verified in TLS 1.3": "(?!verified$).+" },
      },
      installation: {
        subjectsMin: 1,
        facts: {
          "private keys": "tls_key\\.pem",
          "key of the certificate": "tls_key\\.pem",
          "key of the authority": "none",
          "private keys that other users can read": "none",
        },
      },
      "files of gateway": {
        subjectsMin: 1,
        facts: { "private keys": "/run/secrets/tls_key\\.pem" },
      },
      "files of client": { subjectsMin: 1, facts: { "private keys": "none" } },
    },
  },
  tlsSessions: {
    id: "VP-2.sessions",
    promise: "VP-2",
    title: "sessions are resumed without tickets and early data, and never renegotiated by clients",
    limit:
      "h2 before http/1.1, anything else alert 120; resumed in TLS 1.2 and 1.3; 0 bytes of early data",
    reason:
      "a session that is not resumed costs every visitor a round trip; early data can be replayed, " +
      "and renegotiation lets a client burn the server's processor",
    groups: {
      sessions: {
        subjectsMin: 1,
        facts: {
          "negotiated with a usual client": "TLSv1\\.3 with TLS_.+",
          "protocol among h2 and http/1.1": "h2",
          "protocol of http/1.1 alone": "http/1\\.1",
          "protocol of spdy/1 alone": refusal.noApplicationProtocol,
          "session resumed in TLS 1.2": "true",
          "session resumed in TLS 1.3": "true",
          "bytes of early data": "0",
          "renegotiation on the client's wish": "refused",
        },
      },
    },
  },
  tlsScanners: {
    id: "VP-2.scanners",
    promise: "VP-2",
    title: "other scanners, where they are installed, see the same as our own probes",
    limit: "the same versions and suites, a fallback refused, no Heartbleed; or not run",
    reason: "a prober of our own may share an error with those who wrote it",
    groups: {
      sslscan: {
        subjectsMin: 1,
        facts: {
          versions: notRunOr("TLSv1\\.2, TLSv1\\.3"),
          "suites of TLS 1.2": notRunOr(suitesTls12),
          "fallback signal": notRunOr("true"),
          heartbleed: notRunOr("false"),
        },
      },
      "testssl.sh": { subjectsMin: 1, facts: { versions: notRunOr("TLS 1\\.2, TLS 1\\.3") } },
    },
  },
  securityHeaders: {
    id: "VP-2.headers",
    promise: "VP-2",
    title: "every class of answer carries the security headers exactly once",
    limit: "each header once with its exact value, none that tells versions",
    reason: noSecretsReason,
    replicas: 3,
    expected: {
      html: fileAnswer(200, "no-cache"),
      "page of a route": fileAnswer(200, "no-cache"),
      "page not modified": fileAnswer(304, "no-cache"),
      "page, head only": fileAnswer(200, "no-cache"),
      "page deleted": fileAnswer(405, "no-store"),
      asset: fileAnswer(200, immutable),
      "asset, compressed": fileAnswer(200, immutable),
      "asset, head only": fileAnswer(200, immutable),
      "part of an asset": fileAnswer(206, immutable),
      "no such part": fileAnswer(416, "no-store"),
      "missing asset": fileAnswer(404, "no-store"),
      "source map": fileAnswer(404, "no-store"),
      icon: fileAnswer(200, "no-cache"),
      "inside only": fileAnswer(404, "no-store"),
      trace: fileAnswer(405, "no-store"),
      "foreign host": fileAnswer(421, "no-store"),
      "malformed request": fileAnswer(400, "no-store"),
      api: apiAnswer(200, true),
      "api, head only": apiAnswer(200, true),
      "api created": apiAnswer(201, false),
      "api not modified": apiAnswer(304, true),
      "api for another origin": apiAnswer(200, true),
      "api preflight of another origin": apiAnswer(204, true),
      "api not found": apiAnswer(404, true),
      "api deleted": apiAnswer(405, true),
      "api malformed body": apiAnswer(400, true),
      "api body too large": problemAnswer(413),
      redirect: answerWithoutTls(308),
      "foreign host without TLS": answerWithoutTls(421),
      "plain HTTP to the HTTPS port": answerWithoutTls(308),
    },
    forbidden: headersForbidden,
  },
  headersWithoutReplicas: {
    id: "VP-2.headers-without-replicas",
    promise: "VP-2",
    title: "what the gateway answers without a replica carries the security headers exactly once",
    limit: "502 as problem details, the page as ever; each header once with its exact value",
    reason:
      "an answer that a part makes in the place of another is the one that nobody looks at: it must " +
      "neither be stored nor lack what protects the others",
    replicas: 0,
    expected: {
      "api unreachable": problemAnswer(502),
      "api unreachable, head only": problemAnswer(502),
      "write unreachable": problemAnswer(502),
      "change unreachable": problemAnswer(502),
      html: fileAnswer(200, "no-cache"),
    },
    forbidden: headersForbidden,
  },
  gatewayHealth: {
    id: "VP-3.gateway-health",
    promise: "VP-3",
    title: "the health check of the gateway tells whether a replica can be reached",
    limit: "well as long as one answers, ill when none can be reached",
    reason:
      "whoever deploys, restarts or pages by a health check is told nothing by one that always says yes",
    groups: {
      "health check": {
        subjectsMin: 1,
        facts: { "while all is well": "well", "while no replica can be reached": "ill" },
      },
    },
  },
  redirect: {
    id: "P2.redirect",
    promise: "P2",
    title: "plain HTTP leads to HTTPS in one hop, and a name that is not ours leads nowhere",
    limit:
      "one 308 to the same name, path and query; a foreign or missing name 421 or 400, an unknown " +
      "server name alert 112, TRACE 405; no foreign name and no page of ours in any of them",
    reason:
      "a 301 may turn a write into a read, a second hop is one more chance to be intercepted, and a " +
      "Location made of what the client sent sends visitors wherever an attacker wants",
    groups: {
      redirect: {
        subjectsMin: 6,
        facts: {
          status: "308",
          "leads to": "the same path on HTTPS",
          hops: "1",
          "Location lines": "1",
          cookies: "none",
        },
      },
      "name that is not ours": {
        subjectsMin: 6,
        facts: { status: "400|421", Location: "none", ...answersOfStrangers },
      },
      "plain HTTP to the HTTPS port": {
        subjectsMin: 2,
        facts: { status: "308|400", ...answersOfStrangers },
      },
      "server name": { subjectsMin: 1, facts: { handshake: "alert 112" } },
      trace: {
        subjectsMin: 2,
        facts: { status: "405", "what was sent in the answer": "none" },
      },
    },
  },
  strictTransport: {
    id: "P2.hsts",
    promise: "P2",
    title:
      "every answer over HTTPS binds browsers to HTTPS for two years, and none without TLS does",
    limit: "exactly one `max-age=63072000; includeSubDomains` on each, none over plain HTTP",
    reason: "TLSRef guideline 6.0, hsts_min_age; RFC 6797 §7.1 (once) and §7.2 (never without TLS)",
    groups: {
      HTTPS: {
        subjectsMin: 16,
        facts: { "strict-transport-security": "max-age=63072000; includeSubDomains" },
      },
      "plain HTTP": { subjectsMin: 3, facts: { "strict-transport-security": "none" } },
    },
  },
  cdn: {
    id: "CDN.static",
    promise: "CDN",
    title: "static files can be kept and shared by a CDN, and are the same for every visitor",
    limit:
      "entity tag, date and Cache-Control on each, 304 for both, a tag per encoding, Vary on the " +
      "encoding alone, no cookie; nothing kept of what is missing",
    reason:
      "RFC 9111 §3 and RFC 9110 §12.5.5, §15.4.5: a shared cache keeps what it is told to, and hands " +
      "one visitor's answer to all others",
    groups: {
      asset: {
        subjectsMin: 2,
        facts: {
          ...cacheable,
          "content type": "text/(?:javascript|css); charset=utf-8",
          "cache-control": immutable,
          vary: "Accept-Encoding",
          "entity tags of both encodings": "different",
          "a part of it": "206 with the same entity tag",
        },
      },
      page: {
        subjectsMin: 1,
        facts: {
          ...cacheable,
          "content type": "text/html; charset=utf-8",
          "cache-control": "no-cache",
          vary: "Accept-Encoding",
          "entity tags of both encodings": "different",
        },
      },
      icon: {
        subjectsMin: 1,
        facts: {
          ...cacheable,
          "content type": "image/svg\\+xml(?:; charset=utf-8)?",
          "cache-control": "no-cache",
        },
      },
      missing: {
        subjectsMin: 2,
        facts: { status: "404", "cache-control": "no-store", cookies: "none" },
      },
    },
  },
  secureLock: {
    id: "SC-2.lock",
    promise: "SC-2",
    title: "the browser shows the secure lock on every page, and holds the site to what it sends",
    limit:
      "state secure without an issue and every response secure on each of 4 routes; inline script, " +
      "altered script and framing blocked; plain addresses upgraded by the browser itself",
    reason:
      "a lock that shows on one page, or that any certificate gets, is worth nothing: five servers " +
      "that must not get it, and an attack without each defence, are tried beside it",
    groups: {
      page: {
        subjectsMin: 4,
        facts: {
          answer: "200",
          "security state": "secure",
          issues: "none",
          protocol: "TLS 1\\.3",
          "modern TLS": "true",
          "certificate error": "none",
          "weak signature": "false",
          "the certificate on disk": "true",
          "secure responses": "[3-9]|[1-9]\\d+",
          "other responses": "none",
          "mixed content": "none",
          "policy violations": "none",
          "security messages": "none",
          "drawn by the client": "true",
          "secure context": "true",
          "files without an integrity hash": "none",
        },
      },
      "inline script": {
        subjectsMin: 1,
        facts: { ran: "false", "violated directive": "script-src-elem" },
      },
      "altered script": { subjectsMin: 1, facts: { ran: "false" } },
      frame: {
        subjectsMin: 1,
        facts: { shown: "false", error: "net::ERR_BLOCKED_BY_(?:RESPONSE|CSP)" },
      },
      "plain address": { subjectsMin: 1, facts: { "first answer": "307 HSTS" } },
      "control: browser": withoutDefence({ "weakening switches": "none" }),
      "control: inline script": withoutDefence({ ran: "true" }),
      "control: altered script": withoutDefence({ ran: "true" }),
      "control: frame": withoutDefence({ shown: "true" }),
      "control: plain address": withoutDefence({ "first answer": "(?!.* HSTS$).*" }),
      "control: flawless server": withoutDefence({ answer: "200", "security state": "secure" }),
      "control: authority not in the store": withoutLock("net::ERR_CERT_AUTHORITY_INVALID"),
      "control: expired": withoutLock("net::ERR_CERT_DATE_INVALID"),
      "control: other host": withoutLock("net::ERR_CERT_COMMON_NAME_INVALID"),
      "control: without names": withoutLock("net::ERR_CERT_COMMON_NAME_INVALID"),
      "control: errors ignored": withoutLock("200"),
    },
  },
  availabilityWhileReplicaKilled: {
    id: "VP-3.availability",
    promise: "VP-3",
    title: "no request fails while one of three API replicas is killed",
    limit:
      "0 failed requests of any method, none slower than 1 s, 5 or more in flight at the kill; under a " +
      "tenth asked the dead replica first",
    reason:
      "the gateway retries on another replica, and idempotency keys make that safe for writes; one " +
      "that never learns who is dead sends every third request there first",
    methods: ["GET", "POST"],
    failedMax: 0,
    latencyMsMax: 1_000,
    inFlightMin: 5,
    operationsInWindowMin: 300,
    replicasBefore: 3,
    retriedShareMax: 0.1,
  },
  duplicatesWhileReplicaKilled: {
    id: "VP-3.duplicates",
    promise: "VP-3",
    title: "retried writes are stored once while one of three API replicas is killed",
    limit: "0 duplicates, 0 lost, 0 altered",
    reason: "the configuration with the best availability is the one that doubles rows",
    acknowledgedMin: 100,
  },
  replicaBackInRotation: {
    id: "VP-3.rotation",
    promise: "VP-3",
    title: "a replica that was killed and started again serves its share again",
    limit: "half of a fair share within 15 s of being healthy",
    reason: "the gateway remembers a dead peer for two seconds and the resolver for five",
    replicas: 3,
    fairShareMin: 0.5,
    windowMs: 3_000,
    afterHealedMsMax: 15_000,
  },
  durabilityAcrossRestart: {
    id: "SC-4.restart",
    promise: "SC-4",
    title: "acknowledged missions survive a graceful restart of Postgres",
    limit: "0 lost, 0 duplicated, 0 altered, 0 phantom",
    reason: "an acknowledgement is a promise; the roadmap allows no loss",
    acknowledgedMin: 100,
    acknowledgedJustBeforeMin: 0,
  },
  durabilityAcrossKill: {
    id: "SC-4.kill",
    promise: "SC-4",
    title: "acknowledged missions survive a SIGKILL of Postgres while writes are in flight",
    limit: "0 lost, 0 duplicated, 0 altered, 0 phantom; 10 or more acknowledged in the last 50 ms",
    reason: "a kill after the writers stopped never finds synchronous_commit=off",
    acknowledgedMin: 100,
    acknowledgedJustBeforeMin: 10,
  },
  migrationZeroLoss: {
    id: "P3.zero-loss",
    promise: "P3",
    title: "the migration script moves every row of the development database, or changes nothing",
    limit: "0 rows lost, added or altered of 100,000 or more; 0 changes by a run that fails",
    reason: "a migration that is complete nearly always is found out when the source is gone",
    rowsMin: 100_000,
    moves: true,
    acts: ["target holds rows", "target killed in mid-restore"],
  },
  migrationFailurePaths: {
    id: "P3.failure-paths",
    promise: "P3",
    title: "the migration script changes nothing, whichever of its steps fails",
    limit:
      "the exit code of its class, 0 changes to the target, nothing left behind, for each failure and " +
      "for what promises to change nothing",
    reason: "each step has its own way to fail, and only a failure that was seen is a handled one",
    rowsMin: 1_000,
    moves: true,
    acts: [
      "source not there",
      "target being migrated by another run",
      "source with an older schema",
      "source table locked",
      "row refused by the target",
      "copy that differs from the source",
      "target written to meanwhile",
      "target holds rows",
      "plan that is printed and not done",
      "comparison of what differs",
      "backup not writable",
      "script terminated in mid-restore",
    ],
  },
  volumePersists: {
    id: "P3.volume",
    promise: "P3",
    title: "the volume of Postgres survives its containers",
    limit: "the same cluster and 0 rows lost, added or altered after each",
    reason:
      "an update of the image recreates the container, and a wrong mount point shows only then",
    rowsMin: 1_000,
    moves: false,
    acts: ["container recreated", "composition taken down and up again"],
  },
  entry: {
    id: "HARD.entry",
    promise: "HARD",
    title:
      "nobody enters Postgres or Redis without the right password, or does there what is not his",
    limit:
      "every role and Redis refuse a made-up password, the right ones are let in; the API's role " +
      "deletes, alters and makes nothing that the API does not",
    reason:
      "whoever has taken one container is on the network of another: there the password is all that " +
      "is left, and one that is not asked for is missed by nobody who has it",
    groups: {
      // invalid_password, or no line of pg_hba.conf that would let the role in at all.
      "stranger at Postgres": { subjectsMin: 4, facts: { answer: "28P01|28000" } },
      "stranger at Redis": { subjectsMin: 1, facts: { answer: "NOAUTH" } },
      // insufficient_privilege
      "the API's role": {
        subjectsMin: 1,
        facts: {
          "reads missions": "allowed",
          "deletes missions": "42501",
          "deletes events": "42501",
          "alters events": "42501",
          "empties a table": "42501",
          "makes a table": "42501",
          "reads a file of the server": "42501",
        },
      },
      "control: known": { subjectsMin: 2, isControl: true, facts: { answer: "entered" } },
    },
  },
  hardening: {
    id: "HARD.containers",
    promise: "HARD",
    title: "every container runs with the least rights, reach and resources that it needs",
    limit:
      "no root, no capability, no writable root, no host namespace, no engine socket; only the " +
      "known mounts, networks and ports on 127.0.0.1; memory, processors, processes and logs limited; " +
      "volumes with names, health checks that can fail, time to end what has begun",
    reason: "sections 4 and 5 of the CIS Docker Benchmark, as far as they speak of containers",
    groups: {
      gateway: {
        subjectsMin: 1,
        facts: {
          ...confined,
          mounts: readOnlyFiles("/run/secrets/tls_certificate.pem", "/run/secrets/tls_key.pem"),
          // nginx answers what has begun on this signal alone, within the longest wait for a replica.
          "stop signal": "SIGQUIT",
          "seconds to stop": { atLeast: 22 },
          "published ports": "8080/tcp on 127\\.0\\.0\\.1, 8443/tcp on 127\\.0\\.0\\.1",
          networks: "app, edge",
        },
      },
      client: {
        subjectsMin: 1,
        facts: { ...confined, "stop signal": "SIGQUIT", networks: "app" },
      },
      server: {
        subjectsMin: 3,
        facts: {
          ...confined,
          mounts: readOnlyFiles(
            "/run/secrets/postgres_app_password",
            "/run/secrets/redis_password",
          ),
          networks: "app, data \\(internal\\)",
        },
      },
      postgres: {
        subjectsMin: 1,
        facts: {
          ...confined,
          mounts: `${readOnlyFiles(
            "/docker-entrypoint-initdb.d",
            "/etc/postgresql/postgresql.conf",
            "/run/secrets/postgres_app_password",
            "/run/secrets/postgres_monitor_password",
            "/run/secrets/postgres_owner_password",
            "/run/secrets/postgres_superuser_password",
          )}, volume /var/lib/postgresql/data writable`,
          // The fast shutdown: connections are ended and a checkpoint is written, which takes time.
          "stop signal": "SIGINT",
          "seconds to stop": { atLeast: 60 },
        },
      },
      redis: {
        subjectsMin: 1,
        facts: {
          ...confined,
          mounts: readOnlyFiles(
            "/run/secrets/redis_monitor_password",
            "/run/secrets/redis_password",
          ),
        },
      },
      prometheus: {
        subjectsMin: 1,
        facts: {
          ...confined,
          mounts: "volume /prometheus writable",
          "published ports": "9090/tcp on 127\\.0\\.0\\.1",
          networks: "app, monitoring",
        },
      },
      alertmanager: {
        subjectsMin: 1,
        facts: {
          ...confined,
          mounts: "volume /alertmanager writable",
          "published ports": "9093/tcp on 127\\.0\\.0\\.1",
          networks: "monitoring",
        },
      },
      "gateway-exporter": { subjectsMin: 1, facts: { ...confined, networks: "app, monitoring" } },
      "certificate-exporter": {
        subjectsMin: 1,
        facts: { ...confined, networks: "app, monitoring" },
      },
      "postgres-exporter": {
        subjectsMin: 1,
        facts: {
          ...confined,
          mounts: readOnlyFiles("/run/secrets/postgres_monitor_password"),
          networks: "data \\(internal\\), monitoring",
        },
      },
      "redis-exporter": {
        subjectsMin: 1,
        facts: {
          ...confined,
          mounts: readOnlyFiles("/run/secrets/redis_monitor_password"),
          networks: "data \\(internal\\), monitoring",
        },
      },
      "node-exporter": { subjectsMin: 1, facts: { ...confined, networks: "monitoring" } },
      // Only where its image can be had.
      grafana: {
        subjectsMin: 0,
        facts: {
          ...confined,
          mounts: `${readOnlyFiles("/run/secrets/grafana_admin_password")}, volume /var/lib/grafana writable`,
          "published ports": "3000/tcp on 127\\.0\\.0\\.1",
          networks: "monitoring",
        },
      },
    },
  },
  commitSync: {
    id: "SC-4.commit-sync",
    promise: "SC-4",
    title: "a commit is on disk before it is acknowledged",
    limit:
      `${serialCommits} syncs or more for ${serialCommits} commits one after the other; fsync, ` +
      "synchronous_commit and full_page_writes on, also for the API's own role; checksums; data on a disk",
    reason:
      "no kill of a process or container can lose what was never synced, only a loss of power can; " +
      "the database's own counter tells at any time",
    groups: {
      settings: {
        subjectsMin: 1,
        facts: {
          fsync: "on",
          synchronous_commit: "on|remote_write|remote_apply|local",
          full_page_writes: "on",
          wal_sync_method: "fdatasync|fsync|fsync_writethrough|open_sync|open_datasync",
          data_checksums: "on",
          zero_damaged_pages: "off",
          ignore_checksum_failure: "off",
          "exceptions for roles and databases": "none",
        },
      },
      volume: {
        subjectsMin: 1,
        facts: {
          "mount point": "/.+",
          "file system": "(?!(?:tmpfs|ramfs)$).+",
          "mount options": "(?!.*\\b(?:nobarrier|barrier=0)\\b).+",
        },
      },
      "serial commits": {
        subjectsMin: 2,
        facts: {
          "syncs of the WAL": { atLeast: serialCommits },
          "commits acknowledged": { atLeast: serialCommits },
        },
      },
    },
  },
  firstConnections: {
    id: "SC-1.first-connection",
    promise: "SC-1",
    title: "the first byte on a new connection, handshakes included, comes within 250 ms",
    limit: "fewer than 10 of 300 visitors later than 250 ms, which bounds their share below 5 %",
    reason:
      "three round trips and a signature come before the answer; 95 % bound of a share by Clopper and " +
      "Pearson. 20 ms were seen, so that the limit is one of waiting and not of the machine",
    groups: {
      arrivals: {
        subjectsMin: 1,
        facts: {
          visitors: { atLeast: 300 },
          "good answers": { atLeast: 300 },
          "visitors on a connection of somebody else": "0",
          "first bytes after 250 ms": 10,
        },
      },
    },
  },
  firstVisit: {
    id: "SC-1.first-visit",
    promise: "SC-1",
    title:
      "the first visit of a browser is quick, and its second one takes all files from its cache",
    limit:
      "server under 100 ms (median), largest paint under 2.5 s, layout shift under 0.1, interactions " +
      "under 200 ms (75th percentile) for 20 visitors; no file sent twice",
    reason:
      "100 ms is the roadmap's own number, the others are what Web Vitals call good; what a cache was " +
      "told shows in what a browser does not ask for",
    groups: {
      visitor: {
        subjectsMin: 20,
        facts: {
          "flaw of the measurement": "none",
          redirects: "0",
          "files sent": { atLeast: 2 },
          "files sent again": "0",
          "files kept": { atLeast: 2 },
          "page sent whole again": "false",
        },
      },
      "all visitors": {
        subjectsMin: 1,
        facts: {
          "ms of the server, median": 100,
          "ms to the largest paint": 2_500,
          "thousandths of layout shift": 100,
          "ms of the slowest interaction": 200,
        },
      },
    },
  },
  readOverFile: {
    id: "SC-3.read-over-file",
    promise: "SC-3",
    title: "a cached read takes little longer than a static file",
    limit: "median at most 5 times that of a static file, by its 99 % interval",
    reason:
      "each is one hop from the gateway and an answer from memory; 2 times were seen. Both sides share " +
      "the run, its noise and its TLS",
    label: "read mission",
    control: "static asset",
    ratioMax: 5,
    sampleSizeMin: 400,
  },
  listOverFile: {
    id: "SC-3.list-over-file",
    promise: "SC-3",
    title: "a list takes little longer than a static file",
    limit: "median at most 8 times that of a static file, by its 99 % interval",
    reason:
      "one statement by an index and 20 missions, compressed; 3 times were seen. Both sides share the " +
      "run, its noise and its TLS",
    label: "list missions",
    control: "static asset",
    ratioMax: 8,
    sampleSizeMin: 400,
  },
  eventLoopFree: {
    id: "SC-3.event-loop",
    promise: "SC-3",
    title: "a read does not wait for a write on the same replica",
    limit: "at most 3 times as long as the read nearest in time without one, by the 99 % interval",
    reason:
      "a replica has one thread: what computes in it holds up everybody. The two of a pair share the " +
      "moment, so that a slow machine moves both",
    label: "read mission",
    neighbour: "create mission",
    ratioMax: 3,
    pairMsMax: 250,
    sampleSizeMin: 60,
  },
  shedding: {
    id: "SC-3.shedding",
    promise: "SC-3",
    title: "twice as many requests as may wait are refused at once, and not left waiting",
    limit: "503 or 429, 95 % of them within 1 s of the request; 300 or more have to be seen",
    reason:
      "who is refused at once can come back; who waits until he gives up has used what others " +
      "needed. 4 ms were seen, so that a second is no limit of speed but of waiting",
    waitingMax: 512,
    overloadMin: 2,
    refusedMin: 300,
    refusalMsMax: 1_000,
    refusedInTimeShareMin: 0.95,
    statuses: [503, 429],
  },
  transfer: {
    id: "P1.transfer",
    promise: "P1",
    title: "files and lists come compressed, and a second visit costs next to nothing",
    limit:
      "files at most 45 % of their plain bytes, lists 40 %; two or more files kept without asking, " +
      "0 bytes for those that are asked for again",
    reason:
      "counted bytes are exact; a setting that was lost shows in nothing else on a fast network",
    groups: {
      visits: {
        subjectsMin: 1,
        facts: {
          files: { atLeast: 3 },
          "thousandths of the plain bytes": 450,
          "files kept without asking": { atLeast: 2 },
          "answers to the second visit": "304",
          "bytes of the second visit": 1,
        },
      },
      list: {
        subjectsMin: 1,
        facts: {
          status: "200",
          "content-encoding": "gzip",
          "thousandths of the plain bytes": 400,
        },
      },
    },
  },
  balanceOfAllClients: {
    id: "VP-1.clients",
    promise: "VP-1",
    title: "every kind of client is spread evenly over three replicas",
    limit:
      "each share within 2 points of a third at 600 answers or more; on one path within 8; next to no " +
      "repeats in a row; header and log agree on every answer",
    reason:
      "each client hides what another one shows: a balance by connection, cookie, path or address " +
      "looks even to all the others",
    groups: {
      "one connection": {
        subjectsMin: 1,
        facts: { ...spreadEvenly, "repeats in a thousand": 100, "connections needed": 11 },
      },
      "many connections": { subjectsMin: 1, facts: spreadEvenly },
      cookies: { subjectsMin: 1, facts: { ...spreadEvenly, "cookies set": 1 } },
      "several paths": {
        subjectsMin: 1,
        facts: { ...spreadEvenly, "thousandths from a fair share on the worst path": 81 },
      },
      "several addresses": { subjectsMin: 1, facts: spreadEvenly },
    },
  },
  upstreamConnections: {
    id: "VP-1.upstream-connections",
    promise: "VP-1",
    title: "the gateway keeps its connections to the replicas",
    limit: "fewer than 100 connections for a thousand answers, at each replica",
    reason:
      "a new connection for each request costs a few percent of latency here, which nobody could " +
      "measure; the kernel's count of it goes from 4 to 1,000",
    groups: {
      replica: {
        subjectsMin: 3,
        facts: {
          answers: { atLeast: 200 },
          "connections accepted for a thousand answers": 100,
        },
      },
    },
  },
  apiContract: {
    id: "SC-3.contract",
    promise: "SC-3",
    title: "the API does what it promises to those who program against it",
    limit:
      "a write that is sent again has one effect and one answer, an event as well; of changes of one " +
      "version one is done; a read after a write shows it; three steps in a life and no others; every " +
      "mission and every event on one page; texts as they were sent; every refusal in its own words",
    reason:
      "an answer of 200 that is wrong is an error too, and one that no counter of errors ever shows",
    groups: {
      creations: {
        subjectsMin: 1,
        facts: {
          "a creation": "201, version 1",
          "path that it tells": "the mission's",
          "state of a new mission": "planned",
          "the mission when it is read": "the same",
          "a read with its tag": "304",
          "the creation sent again": "201, version 1, replayed",
          "the mission of that answer": "the same",
          "its key with another body": "422 idempotency-key-reused",
          "ten creations with one key at once": "10 answers of 201, ids: 1",
          "two creations without a key, in one trace": "201, version 1 and 201, version 1",
          "ids of the two": "2",
        },
      },
      changes: {
        subjectsMin: 1,
        facts: {
          "a change": "200, version 2",
          "the change sent again": "200, version 2, replayed",
          "a change of an older version": "412 stale-version",
          "a change of no version": "428 precondition-required",
          "ten changes of one version at once": "1 done, 9 refused as too late",
          "the mission after them": "the same as the answer to the one",
          "the description, which they left alone": "first",
          "its events, newest first": "details_changed, details_changed, created",
          "a description, emptied": '""',
          "the mission after that": "the same",
          "the times of creation and of the last change": "kept, and moved on",
          "changes that are none": "422 invalid-input",
          "a change based on the tag of a compressed answer": "200, version 2",
        },
      },
      rereads: {
        subjectsMin: 1,
        facts: {
          "ten reads after a change": "10 of 10 show it",
          "ten reads with the tag of before": "10 of 10 show it",
          "ten lists after a change": "10 of 10 show it",
          "ten reads of events after a change": "10 of 10 show it",
          "ten lists after a creation": "10 of 10 show it",
        },
      },
      lives: {
        subjectsMin: 1,
        facts: {
          "what becomes of a mission that is planned": "active",
          "what becomes of a mission that is active": "completed or aborted",
          "what becomes of a mission that is completed": "nothing more",
          "what becomes of a mission that is aborted": "nothing more",
          "other steps": "409 invalid-transition",
          "newest event after a step": "state_changed",
          "a state that is none": "422 invalid-input",
        },
      },
      eventLog: {
        subjectsMin: 1,
        facts: {
          "an event": "201",
          "the event when it is read": "as it was sent",
          "the event sent again": "201, replayed",
          "ids of the two answers": "1",
          "its key with another message": "422 idempotency-key-reused",
          "ten events with one key at once": "10 answers of 201, ids: 1",
          "an event that only the server writes": "422 invalid-input",
          "an event of a mission that is none": "404 not-found",
          "events on its pages": "8",
          "events shown twice": "0",
          "order of events": "newest first",
          "oldest event": "created",
        },
      },
      lists: {
        subjectsMin: 1,
        facts: {
          "new missions on its pages": "20",
          "missions shown twice": "0",
          "order of missions": "newest first",
          "missions on a page that is not the last": "7",
          "active missions on the pages of the active": "5",
          "of them shown twice": "0",
          "states on these pages": "active",
        },
      },
      texts: {
        subjectsMin: 1,
        facts: {
          "title and description as long as allowed": "stored as it was sent",
          "quotes, tags and statements": "stored as it was sent",
          "a title that is too long": "422 invalid-input",
          "a title of spaces": "422 invalid-input",
          "a text that cannot be stored": "422 invalid-input",
        },
      },
      refusals: {
        subjectsMin: 1,
        facts: {
          "a path that leads nowhere": "404 not-found",
          "a mission that is none": "404 not-found",
          "an id that is none": "404 not-found",
          "a method that is none": "405 method-not-allowed",
          "a body that is no JSON": "400 malformed-json",
          "a body of another type": "415 unsupported-media-type",
          "a member that is not known": "422 invalid-input",
          "no body": "422 invalid-input",
          "a body that is too large": "413 body-too-large",
          "a page that is too long": "400 malformed-parameter",
          "a cursor that is none": "400 malformed-parameter",
          "a key that is too long": "400 malformed-idempotency-key",
          "words of the inside": "none",
        },
      },
    },
  },
  clientForms: {
    id: "SC-3.client",
    promise: "SC-3",
    title: "what a person does in the browser happens once, as it was entered, and is told",
    limit:
      "an entry that is sent twice, or again after its answer was lost, is stored once and as entered; " +
      "what others changed meanwhile is told within 20 s and not overwritten; the page follows others; a last step " +
      "is taken once it is confirmed; nothing is sent that would be refused",
    reason:
      "the keys and versions of the API protect nobody whose client does not use them, and no count of " +
      "answers shows a button that does nothing",
    groups: {
      "sent twice at once": {
        subjectsMin: 1,
        facts: { "told by the page": "yes", stored: "once, as entered" },
      },
      "sent again": {
        subjectsMin: 1,
        facts: {
          "told by the page": "yes",
          "answer that was lost": "201",
          stored: "once, as entered",
        },
      },
      refused: { subjectsMin: 1, facts: { "told by the page": "yes", "requests sent": "0" } },
      watched: {
        subjectsMin: 1,
        facts: {
          "told by the page": "yes",
          "times among active ones": "1",
          "times among planned ones": "0",
        },
      },
      edited: { subjectsMin: 1, facts: { "told by the page": "yes", stored: "as entered" } },
      "edited meanwhile": {
        subjectsMin: 1,
        facts: {
          "told by the page": "yes",
          "stored until it was decided again": "as entered",
          "stored after that": "as entered",
        },
      },
      "led through": {
        subjectsMin: 1,
        facts: {
          "told by the page": "yes",
          "state when started": "active",
          "state when thought over": "active",
          "state when completed": "completed",
        },
      },
      noted: {
        subjectsMin: 1,
        facts: {
          "told by the page": "yes",
          "answer that was lost": "201",
          "times in the log": "1",
        },
      },
    },
  },
  storesUsed: {
    id: "SC-3.stores",
    promise: "SC-3",
    title: "requests cost Postgres and Redis what they have to, and no more",
    limit:
      "one statement for a list of whatever length, at most three for events; under 150 pages each in " +
      "a table of 20,000 rows; 90 hits in Redis and under 15 statements for a hundred reads; entries that " +
      "expire, and that make room for others",
    reason:
      "a statement for each row, a missing index and a cache that nobody asks are invisible in an " +
      "empty database and take the system down in a full one; counters are exact",
    groups: {
      list: {
        subjectsMin: 3,
        facts: {
          "good answers in a hundred": "100",
          "statements for a hundred requests": "100",
          "rows for a hundred requests": 10_200,
          "pages looked at for a hundred requests": 15_000,
        },
      },
      events: {
        subjectsMin: 1,
        facts: {
          "good answers in a hundred": "100",
          "statements for a hundred requests": "[123]00",
          "pages looked at for a hundred requests": 15_000,
        },
      },
      read: {
        subjectsMin: 1,
        facts: {
          "good answers in a hundred": "100",
          "statements for a hundred requests": 15,
          "hits in Redis for a hundred requests": { atLeast: 90 },
          entries: { atLeast: 10 },
          "entries that never expire": "0",
          "bytes allowed": "[1-9]\\d*",
          "when they are used up": "allkeys-.+",
        },
      },
    },
  },
  databaseConnections: {
    id: "SC-3.connections",
    promise: "SC-3",
    title: "each replica has database connections enough, and no more than its part",
    limit:
      "55 of 60 reads within 500 ms while changes on every replica wait for a lock; at most 30 " +
      "connections of all replicas together",
    reason:
      "with a single connection one slow statement holds up everybody; the role may have 45, and " +
      "replicas that take more than ten each leave none for a deployment",
    groups: {
      "control: changes": {
        subjectsMin: 1,
        isControl: true,
        facts: { "changes that wait for a lock": { atLeast: 3 } },
      },
      reads: { subjectsMin: 1, facts: { "reads answered in time": { atLeast: 55 } } },
      "control: connections": {
        subjectsMin: 1,
        isControl: true,
        facts: { "connections seen": { atLeast: 3 } },
      },
      burst: {
        subjectsMin: 1,
        facts: { "good answers": { atLeast: 240 }, "connections at most": 31 },
      },
    },
  },
  clientImage: {
    id: "P1.client-image",
    promise: "P1",
    title: "the client image is small and holds files only, which are compressed and cached",
    limit:
      "under 20,000,000 bytes, no tool and no source map; assets gzipped and immutable for a year, " +
      "the page revalidated, a missing asset 404, no page under /api",
    reason: "the roadmap's number; what is asked for once a year has to change its name instead",
    groups: {
      image: {
        subjectsMin: 1,
        facts: {
          bytes: 20_000_000,
          "files that only a build needs": "none",
          "status of /api/missions from the client itself": "404",
        },
      },
      asset: {
        subjectsMin: 2,
        facts: {
          name: "/assets/[\\w.-]+-[\\w-]{8,}\\.(?:js|css)",
          status: "200",
          "content-encoding": "gzip",
          "decoded equals the plain file": "true",
          "cache-control": "public, max-age=31536000, immutable",
          vary: "Accept-Encoding",
        },
      },
      page: {
        subjectsMin: 1,
        facts: {
          status: "200",
          "content-type": "text/html; charset=utf-8",
          "content-encoding": "gzip",
          "decoded equals the plain file": "true",
          "cache-control": "no-cache",
          "status when it did not change": "304",
        },
      },
      "missing asset": { subjectsMin: 1, facts: { status: "404" } },
      api: {
        subjectsMin: 2,
        facts: { status: "200|404", "content-type": "application/(?:problem\\+)?json(?:;.*)?" },
      },
    },
  },
} as const satisfies Record<string, Objective & Readonly<Record<string, unknown>>>;

/** When traffic counts as back to normal: all good, and half of a fair share from each replica. */
export const recoveryWindow = { replicas: 3, fairShareMin: 0.5, windowMs: 3_000 } as const;

/** Log lines that are a defect in any container, whatever is being done to the stack. */
const panics = [
  "PANIC",
  "segfault|core dumped",
  "\\[emerg\\]|\\[alert\\]",
  "[Uu]nhandled|[Uu]ncaught",
  "invalid page|checksum",
] as const;

/** The promise that an id begins with. */
function promiseOf(id: string): string {
  return id.slice(0, id.indexOf("."));
}

function sideEffectsOf(
  id: string,
  promise: string,
  whileWords: string,
  mayRestart: readonly string[],
  policyRestartsMin: Readonly<Record<string, number>> = {},
): SideEffectsObjective {
  const healed = Object.entries(policyRestartsMin).map(
    ([service, count]) => `, at least ${count} restart of ${service} by its policy`,
  );
  return {
    id: `${id}.side-effects`,
    promise,
    title: `nothing else breaks while ${whileWords}`,
    limit: `0 answers by strangers, 0 other restarts, 0 panics in any log${healed.join("")}`,
    reason: "a fault that is survived by luck shows in what else it has taken down",
    mayRestart,
    policyRestartsMin,
    forbiddenLines: panics,
    answersMin: 100,
  };
}

function duplicatesOf(id: string, promise: string, whileWords: string): DuplicateObjective {
  return {
    id: `${id}.duplicates`,
    promise,
    title: `every write takes effect once while ${whileWords}`,
    limit: "0 duplicates, 0 lost, 0 altered",
    reason: "the configuration with the best availability is the one that doubles rows",
    acknowledgedMin: 100,
  };
}

interface Unnoticed {
  readonly id: string;
  /** What happens, as the end of a sentence that begins with "while". */
  readonly words: string;
  readonly reason: string;
  readonly latencyMsMax?: number;
  readonly mayRestart?: readonly string[];
  readonly policyRestartsMin?: Readonly<Record<string, number>>;
  readonly methods?: readonly string[];
  /** Requests that must have been under way at the harm, where that is its trigger. */
  readonly inFlightMin?: number;
}

/** What holds for a fault that clients must not notice. */
function unnoticed(fault: Unnoticed) {
  const latencyMsMax = fault.latencyMsMax ?? 1_000;
  const inFlightMin = fault.inFlightMin ?? 0;
  const promise = promiseOf(fault.id);
  const availability: AvailabilityObjective = {
    id: `${fault.id}.availability`,
    promise,
    title: `no request fails while ${fault.words}`,
    limit:
      `0 failed requests of any method, none slower than ${latencyMsMax / 1_000} s` +
      (inFlightMin > 0 ? `; ${inFlightMin} or more under way when it comes` : ""),
    reason: fault.reason,
    methods: fault.methods ?? ["GET", "POST"],
    failedMax: 0,
    latencyMsMax,
    inFlightMin,
    operationsInWindowMin: 100,
    replicasBefore: 3,
  };
  return {
    availability,
    duplicates: duplicatesOf(fault.id, promise, fault.words),
    sideEffects: sideEffectsOf(
      fault.id,
      promise,
      fault.words,
      fault.mayRestart ?? [],
      fault.policyRestartsMin,
    ),
  };
}

function recoveryOf(
  id: string,
  words: string,
  limits: Pick<RecoveryObjective, "since" | "serviceMsMax" | "reason"> & Partial<RecoveryObjective>,
): RecoveryObjective {
  const from = limits.since === "injected" ? "of the harm" : "of the end of the fault";
  const capacity =
    limits.capacityMsMax === undefined || limits.capacityMsMax === null
      ? ""
      : `, all replicas do their part within ${limits.capacityMsMax / 1_000} s`;
  return {
    id: `${id}.recovery`,
    promise: promiseOf(id),
    title: `service is back soon after ${words}`,
    limit: `good for 3 s on end within ${limits.serviceMsMax / 1_000} s ${from}${capacity}`,
    capacityMsMax: null,
    ...recoveryWindow,
    answerMsMax: 1_000,
    statusesAllowed: [],
    brokenConnectionsAllowed: false,
    operationsInWindowMin: 50,
    ...limits,
  };
}

function survivesOf(id: string, words: string, acknowledgedJustBeforeMin = 0): DurabilityObjective {
  return {
    id: `${id}.durability`,
    promise: promiseOf(id),
    title: `acknowledged missions survive ${words}`,
    limit:
      "0 lost, 0 duplicated, 0 altered, 0 phantom" +
      (acknowledgedJustBeforeMin > 0
        ? `; ${acknowledgedJustBeforeMin} or more acknowledged in the last 50 ms`
        : ""),
    reason: "an acknowledgement is a promise; the roadmap allows no loss",
    acknowledgedMin: 100,
    acknowledgedJustBeforeMin,
  };
}

/** What the target of a fault has to show while the fault is in effect. */
function conductOf(
  id: string,
  title: string,
  facts: Readonly<Record<string, string>>,
  reason: string,
): FactsObjective {
  return {
    id: `${id}.conduct`,
    promise: promiseOf(id),
    title,
    limit: Object.entries(facts)
      .map(([fact, limit]) => `${fact}: ${limit.replaceAll("|", " or ")}`)
      .join(", "),
    reason,
    groups: { target: { subjectsMin: 1, facts } },
  };
}

function cacheUsedAgain(id: string, words: string): FactsObjective {
  return conductOf(
    id,
    `every replica answers from the cache again after ${words}`,
    { "once Redis is back": "3 of 3 replicas answer from Redis" },
    "a replica that has given the cache up for good answers right and slower for weeks, and every " +
      "request of it asks the database",
  );
}

function freshnessOf(id: string, words: string): FreshnessObjective {
  return {
    id: `${id}.freshness`,
    promise: "RES",
    title: `no read shows an old version while ${words}`,
    limit: "0 reads that began after an acknowledged change and show the version before it",
    reason:
      "a cache that is wrong for a while is wrong; read-your-writes is what its users rely on",
    staleMsMax: 0,
    readsAfterChangeMin: 200,
  };
}

/** The gateway waits six seconds for a silent peer and then asks another one. */
const silentPeer = {
  latencyMsMax: 7_500,
  reason: "a peer that is silent is asked again elsewhere after the gateway's read timeout of 6 s",
} as const;
const gonePeer = "the gateway asks another replica at once, and idempotency keys make that safe";
/** A change waits until no replica can trust its cache any more; 0.6 s by design, 1.1 s was seen. */
const cacheOnly = {
  latencyMsMax: 2_000,
  reason: "Redis is a cache: without it the system is slower, never wrong and never down",
} as const;
const cacheMethods = ["GET", "POST", "PATCH"] as const;

/** Objectives by the fault under which they must hold. */
export const underFault = {
  replicaKill: {
    sideEffects: sideEffectsOf("VP-3.replica-kill", "VP-3", "an API replica is killed", ["server"]),
  },
  postgresRestart: {
    sideEffects: sideEffectsOf("SC-4.postgres-restart", "SC-4", "Postgres is restarted", [
      "postgres",
    ]),
  },
  postgresKill: {
    sideEffects: sideEffectsOf("SC-4.postgres-kill", "SC-4", "Postgres is killed", ["postgres"]),
  },
  replicaCrash: {
    ...unnoticed({
      id: "VP-3.replica-crash",
      words: "an API replica crashes by itself",
      reason: gonePeer,
      mayRestart: ["server"],
      policyRestartsMin: { server: 1 },
    }),
    recovery: recoveryOf("VP-3.replica-crash", "an API replica has crashed by itself", {
      since: "injected",
      serviceMsMax: 1_000,
      capacityMsMax: 15_000,
      reason: "the restart policy has to bring it back, and the gateway has to use it again",
    }),
  },
  replicaStop: {
    ...unnoticed({
      id: "VP-3.replica-stop",
      words: "an API replica is stopped gracefully and started again",
      reason: "a graceful stop answers what it has begun, and what comes later goes elsewhere",
      mayRestart: ["server"],
    }),
    conduct: conductOf(
      "VP-3.replica-stop",
      "an API replica that is asked to stop answers what it has begun and ends by itself",
      { "exit code": "0|143", "of what was under way it answered": "all of them" },
      "0 or 128 + 15, SIGTERM, is an end on purpose; 137, SIGKILL, means that it was asked in vain " +
        "until its deadline; whoever ends at once leaves to others what may have taken effect",
    ),
  },
  replicaPause: unnoticed({
    id: "VP-3.replica-pause",
    words: "an API replica is frozen and thawed",
    ...silentPeer,
    mayRestart: ["server"],
  }),
  replicaOutOfMemory: {
    ...unnoticed({
      id: "VP-3.replica-out-of-memory",
      words: "an API replica is killed for its use of memory",
      reason: gonePeer,
      mayRestart: ["server"],
      policyRestartsMin: { server: 1 },
    }),
    recovery: recoveryOf("VP-3.replica-out-of-memory", "an API replica has run out of memory", {
      since: "injected",
      serviceMsMax: 1_000,
      capacityMsMax: 15_000,
      reason: "the restart policy has to bring it back, and the gateway has to use it again",
    }),
  },
  replicaStarved: {
    recovery: recoveryOf("VP-3.replica-starved", "an API replica hardly got any processor time", {
      since: "recovered",
      serviceMsMax: 3_000,
      capacityMsMax: 15_000,
      answerMsMax: 7_500,
      statusesAllowed: [503, 504],
      reason:
        "who is too slow for its own budget of 5 s has to say so instead of hanging (503, or 504 " +
        "where a write may have landed), and the gateway must not take that for a dead peer",
    }),
    duplicates: duplicatesOf(
      "VP-3.replica-starved",
      "VP-3",
      "an API replica hardly gets any processor time",
    ),
    sideEffects: sideEffectsOf(
      "VP-3.replica-starved",
      "VP-3",
      "an API replica hardly gets any processor time",
      ["server"],
    ),
  },
  replicaRefused: unnoticed({
    id: "VP-3.replica-refused",
    words: "an API replica refuses the gateway",
    reason: gonePeer,
  }),
  replicaBlackHole: unnoticed({
    id: "VP-3.replica-black-hole",
    words: "packets between the gateway and an API replica vanish",
    ...silentPeer,
  }),
  replicasRecreated: {
    ...unnoticed({
      id: "VP-3.replicas-recreated",
      words: "two API replicas are recreated and strangers get their addresses",
      reason: "the gateway asks for the addresses again while it runs",
      mayRestart: ["server"],
    }),
    recovery: recoveryOf("VP-3.replicas-recreated", "two API replicas were recreated", {
      since: "recovered",
      serviceMsMax: 1_000,
      capacityMsMax: 15_000,
      reason: "replicas that nobody asks are there for nothing",
    }),
  },
  rollingRestart: unnoticed({
    id: "VP-3.rolling-restart",
    words: "all API replicas are restarted one after the other",
    reason: "this is every deployment",
    mayRestart: ["server"],
  }),
  killDuringRollingRestart: unnoticed({
    id: "VP-3.kill-during-rolling-restart",
    words: "an API replica is killed during a rolling restart",
    reason: "deployments are when things break; the third replica carries the traffic",
    mayRestart: ["server"],
  }),
  gatewayReload: unnoticed({
    id: "RES.gateway-reload",
    words: "the gateway reloads its configuration",
    // What is under way may wait for the frozen replica, and a second for everything else.
    latencyMsMax: faultTiming.gatherMsMax + faultTiming.waitingAcrossReloadMs + 1_000,
    inFlightMin: 5,
    reason: "a reload keeps the connections that are in use, until their requests are answered",
  }),
  certificateReplaced: {
    ...unnoticed({
      id: "RES.certificate-replaced",
      words: "the certificate is replaced",
      reason: "certificates are renewed every few weeks, with users on the site",
    }),
    conduct: conductOf(
      "RES.certificate-replaced",
      "a reload puts the new certificate on the wire",
      { "leaf on the wire": "renewed" },
      "a renewal that nobody is shown ends as a site that nobody can open, weeks later",
    ),
  },
  gatewayCrash: {
    recovery: recoveryOf("RES.gateway-crash", "the gateway has crashed", {
      since: "injected",
      serviceMsMax: 8_000,
      answerMsMax: 10_000,
      brokenConnectionsAllowed: true,
      reason: "there is one gateway: its outage is bounded by its restart, and nobody has to help",
    }),
    durability: survivesOf("RES.gateway-crash", "a crash of the gateway"),
    sideEffects: sideEffectsOf("RES.gateway-crash", "RES", "the gateway crashes", ["gateway"], {
      gateway: 1,
    }),
  },
  redisKill: {
    ...unnoticed({
      id: "RES.redis-kill",
      words: "Redis is killed and started again",
      ...cacheOnly,
      methods: cacheMethods,
      mayRestart: ["redis"],
    }),
    freshness: freshnessOf("RES.redis-kill", "Redis is killed and started again"),
    conduct: cacheUsedAgain("RES.redis-kill", "Redis is killed and started again"),
  },
  redisPause: {
    ...unnoticed({
      id: "RES.redis-pause",
      words: "Redis is frozen and thawed",
      ...cacheOnly,
      methods: cacheMethods,
    }),
    freshness: freshnessOf("RES.redis-pause", "Redis is frozen and thawed"),
    conduct: cacheUsedAgain("RES.redis-pause", "Redis is frozen and thawed"),
  },
  redisCutOff: {
    ...unnoticed({
      id: "RES.redis-cut-off",
      words: "packets to Redis vanish",
      ...cacheOnly,
      methods: cacheMethods,
    }),
    freshness: freshnessOf("RES.redis-cut-off", "packets to Redis vanish"),
    conduct: cacheUsedAgain("RES.redis-cut-off", "packets to Redis vanish"),
  },
  redisEmptied: {
    ...unnoticed({
      id: "RES.redis-emptied",
      words: "Redis is emptied",
      ...cacheOnly,
      methods: cacheMethods,
    }),
    freshness: freshnessOf("RES.redis-emptied", "Redis is emptied"),
  },
  databaseAnswersLate: {
    ...unnoticed({
      id: "RES.database-answers-late",
      words: "the answers of Postgres reach a replica late",
      latencyMsMax: 5_000,
      reason:
        "a slow link to the database is slow, within the API's budget of 5 s, and never wrong",
      methods: cacheMethods,
    }),
    freshness: freshnessOf(
      "RES.database-answers-late",
      "the answers of Postgres reach a replica late",
    ),
  },
  killWhilePostgresRestarts: {
    recovery: recoveryOf("RES.kill-while-postgres-restarts", "both have happened at once", {
      since: "injected",
      serviceMsMax: 15_000,
      answerMsMax: 8_000,
      statusesAllowed: [500, 502, 503, 504],
      reason: "without its database the API may refuse, quickly and honestly, and then go on",
    }),
    durability: survivesOf(
      "RES.kill-while-postgres-restarts",
      "a replica kill while Postgres restarts",
    ),
    sideEffects: sideEffectsOf(
      "RES.kill-while-postgres-restarts",
      "RES",
      "an API replica is killed while Postgres restarts",
      ["server", "postgres"],
    ),
  },
  overload: {
    recovery: recoveryOf("SC-3.overload", "an overload", {
      since: "recovered",
      serviceMsMax: 5_000,
      answerMsMax: 8_000,
      statusesAllowed: [503, 429],
      reason:
        "who was let in is answered within the budget of a request, and then all is well again",
    }),
    sideEffects: sideEffectsOf(
      "SC-3.overload",
      "SC-3",
      "more requests come than can be answered",
      [],
    ),
  },
  postgresRecreate: {
    durability: survivesOf("SC-4.postgres-recreate", "a new container of Postgres"),
    conduct: conductOf(
      "SC-4.postgres-recreate",
      "a new container of Postgres goes on with the same database",
      { "system identifier": "the same" },
      "the identifier is given to a data directory when it is made: another one is another database",
    ),
  },
  postgresPause: {
    durability: survivesOf("SC-4.postgres-pause", "a freeze of Postgres"),
    recovery: recoveryOf("SC-4.postgres-pause", "Postgres was frozen", {
      since: "recovered",
      serviceMsMax: 6_000,
      answerMsMax: 8_000,
      statusesAllowed: [500, 502, 503, 504],
      reason: "what waited when it thawed may still run out of its own time budget of 5 s",
    }),
    conduct: conductOf(
      "SC-4.postgres-pause",
      "replicas without a database live on, and say that they cannot serve",
      { "ready before": "3 of 3 replicas", ready: "0 of 3 replicas", alive: "3 of 3 replicas" },
      "who restarts what does not live would restart all replicas for a fault of Postgres, and who asks " +
        "what is ready would be sent to where nothing can be done",
    ),
  },
  connectionsExhausted: {
    durability: survivesOf("SC-4.connections-exhausted", "the exhaustion of all connections"),
    recovery: recoveryOf("SC-4.connections-exhausted", "all connections were taken", {
      since: "recovered",
      serviceMsMax: 6_000,
      answerMsMax: 8_000,
      statusesAllowed: [500, 502, 503, 504],
      reason: "no connection means no, quickly; a free one means yes",
    }),
  },
  diskFull: {
    durability: survivesOf("SC-4.disk-full", "a full disk"),
    recovery: recoveryOf("SC-4.disk-full", "the disk was full", {
      since: "recovered",
      serviceMsMax: 15_000,
      answerMsMax: 8_000,
      statusesAllowed: [500, 502, 503, 504],
      reason: "space is given back by people; from then on the system helps itself",
    }),
  },
  powerLoss: { durability: survivesOf("SC-4.power-loss", "a loss of power", 10) },
} as const;

/** How long the monitoring may take to notice, to tell, and to be ready to be asked. */
export const monitoringTiming = {
  pollEveryMs: 400,
  answerMsMax: 4_000,
  /** A fault is held until everybody knows of it, and for no longer than this. */
  noticedMsMax: 60_000,
  clearedMsMax: 60_000,
  /** A replica counts an answer when it is gone, which its client may see a moment earlier. */
  settledMs: 250,
  /** Until every replica was scraped once more, with room for an address that is new. */
  scrapedMsMax: 20_000,
  /** What panels and pictures look back on. */
  lookBackMs: 180_000,
  reason:
    "two scrapes, the 15 s of the alert and the grouping of Alertmanager make 35 s; on two cores " +
    "that a load shares, each of them may wait",
} as const;

const blindMsMax = 5_000;
const ofSlowness = ["LatencyBudgetBurnFast", "LatencyBudgetBurnSlow"] as const;
/** A rate over samples that are not evenly apart may come out a little above its true value. */
const share = { min: 0, max: 1.05 } as const;
const notNegative = { min: 0, max: null } as const;

/** One runbook each, by how soon somebody has to know. */
export const alertsExpected = {
  "what is lost at once": [
    "ErrorBudgetBurnFast",
    "LatencyBudgetBurnFast",
    "ServerReplicaDown",
    "PostgresDown",
    "RedisDown",
    "GatewayDown",
  ],
  "what is lost slowly": [
    "ErrorBudgetBurnSlow",
    "LatencyBudgetBurnSlow",
    "RestartLoop",
    "DiskFilling",
    "CertificateExpiresSoon",
    "TargetMissing",
    "RuleEvaluationFails",
    "AlertDeliveryFails",
  ],
} as const;

/** What Prometheus, its dashboards and its alerts have to show and to tell. */
export const observability = {
  alerts: {
    id: "P4.alerts",
    promise: "P4",
    title: "whatever may be lost has an alert that fires in time",
    limit:
      "each alert of the runbooks is loaded; the loss of a part and a budget that burns fast fire " +
      "within 30 s, all others within 5 min, and are sent to the webhook; two weeks are remembered",
    reason:
      "an alert that is missing, or that waits for a quarter of an hour, is noticed in the outage that " +
      "it was made for; a budget over a week needs more than a week of memory",
    groups: {
      "what is lost at once": {
        subjectsMin: alertsExpected["what is lost at once"].length,
        facts: { "seconds until it fires": 31 },
      },
      "what is lost slowly": {
        subjectsMin: alertsExpected["what is lost slowly"].length,
        facts: { "seconds until it fires": 301 },
      },
      memory: { subjectsMin: 1, facts: { "days remembered": { atLeast: 14 } } },
      route: { subjectsMin: 2, facts: { "who is told": "webhook" } },
    },
  },
  everyTarget: {
    id: "P4.every-target",
    promise: "P4",
    title: "everything that has to be watched is scraped, and each replica by its own address",
    limit: "3 replicas, each at the address that the engine gives it, and every other part, up",
    reason: "through the balancer one scrape reaches one of three, and nobody sees which",
    groups: {
      replica: {
        subjectsMin: 3,
        facts: {
          "targets at its address": "1",
          health: "up",
          "figures are those of": "this replica",
        },
      },
      part: { subjectsMin: 5, facts: { targets: { atLeast: 1 }, "not up": "none" } },
      "strange target": { subjectsMin: 0, facts: { "at the address of a replica": "true" } },
    },
  },
  targets: {
    id: "P4.targets",
    promise: "P4",
    title: "Prometheus sees that a replica is gone, and that it is back",
    limit: "3 targets up before, 2 while one replica is dead, 3 after it; each its own address",
    reason: "a replica that is gone and still counted, or back and not counted, is a blind spot",
    replicas: 3,
    movedMin: 0,
    blindMsMax,
  } satisfies TargetsObjective,
  replicaDownAlert: {
    id: "P4.replica-down-alert",
    promise: "P4",
    title: "the loss of a replica becomes an alert that reaches people, and ends",
    limit:
      `pending, firing, at Alertmanager and at its receiver within ` +
      `${monitoringTiming.noticedMsMax / 1_000} s of the kill; resolved at all three within ` +
      `${monitoringTiming.clearedMsMax / 1_000} s of being whole again`,
    reason: "an alert that is not delivered is none, and one that never ends is switched off",
    alert: "ServerReplicaDown",
    blindMsMax,
  } satisfies AlertingObjective,
  recreated: {
    id: "P4.recreated-replica",
    promise: "P4",
    title: "a replica that comes back with another address is scraped there",
    limit: "3 targets up before and after, each its own address, one of them new",
    reason: "every deployment gives replicas new addresses",
    replicas: 3,
    movedMin: 1,
    blindMsMax,
  } satisfies TargetsObjective,
  counters: {
    id: "P4.counters",
    promise: "P4",
    title: "Prometheus counts every request that a replica answered, and no other",
    limit: "0 requests of difference for any replica, method and status, over 1,000 or more",
    reason: "every rate, every share of errors and every budget rests on these counters",
    replicas: 3,
    answersMin: 1_000,
  } satisfies CountersObjective,
  panels: {
    id: "P4.panels",
    promise: "P4",
    title: "every panel shows something, and every rule speaks of something that exists",
    limit:
      "series with values in the range of their unit for every query of every panel; metrics and " +
      "labels of every rule exist; every recording rule has a value",
    reason: "an empty panel looks like a quiet system, and so does an alert on a misspelt metric",
    ranges: {
      percentunit: share,
      percent: { min: 0, max: 100 },
      short: notNegative,
      s: notNegative,
      bytes: notNegative,
      reqps: notNegative,
      ops: notNegative,
      Bps: notNegative,
    },
    otherUnits: { min: null, max: null },
    dashboardsMin: 4,
    panelsMin: 20,
    rulesMin: 20,
  } satisfies PanelsObjective,
  notPublic: {
    id: "P4.not-public",
    promise: "P4",
    title: "nobody outside gets to see the monitoring, and nobody enters it by a default",
    limit:
      "no answer of the gateway speaks of it; published on 127.0.0.1 alone; Grafana without " +
      "anonymous view and default password; Prometheus without a way to change or end it",
    reason: "figures, targets and versions are what an attacker asks for first",
    groups: {
      "asked of the gateway": { subjectsMin: 30, facts: { "speaks of the monitoring": "none" } },
      "control: asked on loopback": {
        subjectsMin: 3,
        isControl: true,
        facts: { "speaks of the monitoring": "(?!none$).+" },
      },
      "container of the monitoring": {
        subjectsMin: 7,
        facts: {
          "published ports": "none|\\S+ on 127\\.0\\.0\\.1(?:, \\S+ on 127\\.0\\.0\\.1)*",
        },
      },
      "control: door on loopback": {
        subjectsMin: 2,
        isControl: true,
        facts: { connection: "answered" },
      },
      "door from elsewhere": { subjectsMin: 2, facts: { connection: "(?!answered$).+" } },
      "powers of who asks": {
        subjectsMin: 1,
        facts: {
          "web.enable-admin-api": "false",
          "web.enable-lifecycle": "false",
          "web.enable-remote-write-receiver": "false",
        },
      },
      "who may enter Grafana": {
        subjectsMin: 1,
        facts: {
          "anonymous view": "false",
          "sign up": "false",
          "password that is written down": "none",
          "password comes from": "/run/secrets/.+",
          "characters of the password": { atLeast: 20 },
          "published on": "127\\.0\\.0\\.1",
        },
      },
    },
  },
  grafana: {
    id: "P4.grafana",
    promise: "P4",
    title: "Grafana shows every dashboard, to those who know its password",
    limit: "healthy, its data source answers, every dashboard found; 401 without its own password",
    reason: "dashboards that are not provisioned are made by hand in the night of the outage",
    groups: {
      Grafana: {
        subjectsMin: 1,
        facts: {
          health: "ok",
          "data source": "OK",
          "status without a password": "401",
          "status with the password that everybody knows": "401",
          "status with its own password": "200",
        },
      },
      dashboard: { subjectsMin: 4, facts: { "found in Grafana": "true" } },
    },
  },
  quiet: {
    id: "P4.quiet",
    promise: "P4",
    title: "no alert fires while nothing is wrong",
    limit: "0 alerts from the start of the stack to the first fault, or while it is measured",
    reason: "who is woken for nothing does not get up the next time",
    alwaysFiring: [],
    ofSlowness,
    earlierMsMax: 60_000,
    quietMsMin: 10_000,
    rulesMin: 9,
    operationsMin: 1_000,
  } satisfies QuietObjective,
  quietForLong: {
    id: "P4.quiet-for-long",
    promise: "P4",
    title: "no alert fires during five minutes of load",
    limit: "0 alerts in 300 s",
    reason: "the quick alerts wait for 15 s, the windows of the budgets for five minutes",
    alwaysFiring: [],
    ofSlowness,
    earlierMsMax: 60_000,
    quietMsMin: 300_000,
    rulesMin: 9,
    operationsMin: 15_000,
  } satisfies QuietObjective,
} as const;

/** Every promise that can be judged, from all groups. */
export const allObjectives: readonly Objective[] = [
  ...Object.values(slo),
  ...Object.values(observability),
  ...Object.values(underFault).flatMap((group): readonly Objective[] => Object.values(group)),
];
