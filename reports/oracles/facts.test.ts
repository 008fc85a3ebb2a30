import { expect, test } from "vitest";
import type { FactsObservation, Subject } from "../records.ts";
import { slo, type FactsObjective } from "../slo.ts";
import { told } from "../told.ts";
import { facts } from "./facts.ts";

const confined = {
  image: "registry.test:5000/hyper-mission/x:1.2",
  user: "101:101",
  "process users": "101 101 101 101",
  privileged: "false",
  "read-only root": "true",
  "capabilities dropped": "ALL",
  "capabilities added": "none",
  "process capabilities at most": "0000000000000000",
  "security options": "no-new-privileges:true",
  "process refuses new privileges": "1",
  "process seccomp mode": "2",
  devices: "none",
  "host namespaces": "none",
  "engine socket": "false",
  mounts: "none",
  "memory limit": "134217728",
  "processor limit": "1000000000",
  "process limit": "64",
  "health check": "CMD wget -q -O /dev/null http://127.0.0.1:8080/",
  "stop signal": "SIGTERM",
  "seconds to stop": "60",
  "restart policy": "unless-stopped",
  log: "json-file max-size=10m max-file=3",
  "published ports": "none",
  networks: "data (internal)",
};

function container(name: string, changes: Readonly<Record<string, string>> = {}): Subject {
  return { name, group: name.replace(/-\d+$/, ""), facts: { ...confined, ...changes } };
}

const secret = (name: string) => `bind /run/secrets/${name} read-only`;
const ofServer = {
  mounts: `${secret("postgres_app_password")}, ${secret("redis_password")}`,
  networks: "app, data (internal)",
};

const containers: readonly Subject[] = [
  container("gateway-1", {
    mounts: `${secret("tls_certificate.pem")}, ${secret("tls_key.pem")}`,
    "published ports": "8080/tcp on 127.0.0.1, 8443/tcp on 127.0.0.1",
    "stop signal": "SIGQUIT",
    networks: "app, edge",
  }),
  container("client-1", { "stop signal": "SIGQUIT", networks: "app" }),
  container("server-1", ofServer),
  container("server-2", ofServer),
  container("server-3", ofServer),
  container("postgres-1", {
    mounts: [
      "bind /docker-entrypoint-initdb.d read-only",
      "bind /etc/postgresql/postgresql.conf read-only",
      secret("postgres_app_password"),
      secret("postgres_monitor_password"),
      secret("postgres_owner_password"),
      secret("postgres_superuser_password"),
      "volume /var/lib/postgresql/data writable",
    ].join(", "),
    "stop signal": "SIGINT",
  }),
  container("redis-1", {
    mounts: `${secret("redis_monitor_password")}, ${secret("redis_password")}`,
  }),
  container("prometheus-1", {
    mounts: "volume /prometheus writable",
    "published ports": "9090/tcp on 127.0.0.1",
    networks: "app, monitoring",
  }),
  container("alertmanager-1", {
    mounts: "volume /alertmanager writable",
    "published ports": "9093/tcp on 127.0.0.1",
    networks: "monitoring",
  }),
  container("gateway-exporter-1", { networks: "app, monitoring" }),
  container("certificate-exporter-1", { networks: "app, monitoring" }),
  container("postgres-exporter-1", {
    mounts: secret("postgres_monitor_password"),
    networks: "data (internal), monitoring",
  }),
  container("redis-exporter-1", {
    mounts: secret("redis_monitor_password"),
    networks: "data (internal), monitoring",
  }),
  container("node-exporter-1", { networks: "monitoring" }),
];

const file = {
  status: "200",
  "content-encoding": "gzip",
  "decoded equals the plain file": "true",
};
const asset = {
  ...file,
  "cache-control": "public, max-age=31536000, immutable",
  vary: "Accept-Encoding",
};
const script = "/assets/index-AbCd1234.js";
const style = "/assets/index-EfGh5678.css";
const problem = { status: "404", "content-type": "application/problem+json" };
const list = { status: "200", "content-type": "application/json; charset=utf-8" };

const client: readonly Subject[] = [
  {
    name: "client-1",
    group: "image",
    facts: {
      bytes: "19999999",
      "files that only a build needs": "none",
      "status of /api/missions from the client itself": "404",
    },
  },
  { name: script, group: "asset", facts: { ...asset, name: script } },
  { name: style, group: "asset", facts: { ...asset, name: style } },
  {
    name: "/",
    group: "page",
    facts: {
      ...file,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "status when it did not change": "304",
    },
  },
  { name: "/assets/missing-00000000.js", group: "missing asset", facts: { status: "404" } },
  { name: "/api/missions?limit=1", group: "api", facts: list },
  { name: "/api/nowhere", group: "api", facts: problem },
];

function bent(subjects: readonly Subject[], name: string, fact: string, value: string) {
  return {
    subjects: subjects.map((subject) =>
      subject.name === name ? { ...subject, facts: { ...subject.facts, [fact]: value } } : subject,
    ),
  };
}

const judgeContainers = (seen: FactsObservation) => facts.judge(seen, slo.hardening);
const judgeClient = (seen: FactsObservation) => facts.judge(seen, slo.clientImage);

test("confined containers and a lean client pass", () => {
  expect(judgeContainers({ subjects: containers })).toMatchObject({
    status: "passed",
    evidence: "350 facts of 14 subjects are as promised",
  });
  const lean = judgeClient({ subjects: client });
  expect(lean).toMatchObject({ status: "passed", witnesses: [] });
  expect(lean.measurements[0]).toMatchObject({ name: "image of client-1", value: 19_999_999 });
});

test.each([
  ["client-1", "image", "hyper-mission/client:latest"],
  ["client-1", "image", "nginx"],
  ["client-1", "image", "registry.test:5000/nginx"],
  ["redis-1", "user", "0:0"],
  ["redis-1", "user", "999:0"],
  ["redis-1", "user", "root by default"],
  ["redis-1", "process users", "999 0 0 999"],
  ["server-2", "privileged", "true"],
  ["server-2", "read-only root", "false"],
  ["server-2", "capabilities dropped", "none"],
  ["server-2", "capabilities dropped", "CAP_NET_RAW"],
  ["server-2", "capabilities added", "CAP_SYS_ADMIN"],
  ["server-2", "process capabilities at most", "00000000a80425fb"],
  ["server-2", "security options", "none"],
  ["server-2", "security options", "no-new-privileges:false"],
  ["server-2", "security options", "no-new-privileges:true, seccomp=unconfined"],
  ["server-2", "process refuses new privileges", "0"],
  ["server-2", "process seccomp mode", "0"],
  ["server-2", "devices", "one"],
  ["server-2", "host namespaces", "pid"],
  ["server-2", "engine socket", "true"],
  ["client-1", "mounts", "bind /etc read-only"],
  ["gateway-1", "mounts", "bind /run/secrets/tls_certificate.pem writable"],
  ["postgres-1", "memory limit", "0"],
  ["postgres-1", "processor limit", "0"],
  ["postgres-1", "process limit", "0"],
  ["postgres-1", "process limit", "-1"],
  ["postgres-1", "health check", "none"],
  ["postgres-1", "health check", "NONE"],
  ["postgres-1", "health check", "CMD true"],
  ["postgres-1", "health check", "CMD-SHELL exit 0"],
  ["postgres-1", "health check", "CMD-SHELL pg_isready || true"],
  ["postgres-1", "mounts", "anonymous volume /var/lib/postgresql/data writable"],
  ["postgres-1", "stop signal", "SIGTERM"],
  ["postgres-1", "seconds to stop", "10"],
  ["gateway-1", "stop signal", "SIGTERM"],
  ["server-2", "seconds to stop", "1"],
  ["postgres-1", "restart policy", "no"],
  ["postgres-1", "restart policy", ""],
  ["postgres-1", "restart policy", "on-failure"],
  ["postgres-1", "log", "json-file max-size=100g max-file=3"],
  ["postgres-1", "log", "json-file max-size=none max-file=none"],
  ["postgres-1", "published ports", "5432/tcp on 127.0.0.1"],
  ["prometheus-1", "published ports", "9090/tcp on 0.0.0.0"],
  ["gateway-1", "published ports", "8080/tcp on 127.0.0.1, 8443/tcp on 0.0.0.0"],
  ["postgres-1", "networks", "data"],
  ["gateway-1", "networks", "app, data (internal), edge"],
])("a container fails: %s with %s %s", (name, fact, value) => {
  expect(judgeContainers(bent(containers, name, fact, value))).toMatchObject({
    status: "failed",
    witnesses: [expect.stringContaining(`${name}: ${fact} is "${value}", allowed is `)],
  });
});

test.each([
  ["client-1", "bytes", "20000000"],
  ["client-1", "bytes", "-1"],
  ["client-1", "files that only a build needs", "/usr/bin/node"],
  ["client-1", "status of /api/missions from the client itself", "200"],
  [script, "name", "/assets/index.js"],
  [script, "content-encoding", "none"],
  [script, "decoded equals the plain file", "false"],
  [script, "cache-control", "public, max-age=300"],
  [style, "vary", "Cookie"],
  ["/", "cache-control", "public, max-age=31536000, immutable"],
  ["/", "status when it did not change", "200"],
  ["/assets/missing-00000000.js", "status", "200"],
  ["/api/nowhere", "content-type", "text/html; charset=utf-8"],
])("a client fails: %s with %s %s", (name, fact, value) => {
  expect(judgeClient(bent(client, name, fact, value))).toMatchObject({
    status: "failed",
    witnesses: [expect.stringContaining(`${name}: ${fact} is "${value}", allowed is `)],
  });
});

test("a container that nobody expected fails, and all that is wrong is counted", () => {
  const extra = container("debug-1", { privileged: "true" });
  const wrong = bent([...containers, extra], "client-1", "user", "0");

  expect(judgeContainers(wrong)).toMatchObject({
    status: "failed",
    evidence: expect.stringMatching(/^client-1: user is "0".+, and 1 more$/),
  });
});

const counted: FactsObjective = {
  id: "SC-4.test.counted",
  promise: "SC-4",
  title: "every commit is synced",
  limit: "200 syncs or more",
  reason: "for the test",
  groups: { postgres: { subjectsMin: 1, facts: { "syncs by 200 commits": { atLeast: 200 } } } },
};
const syncs = (count: string): FactsObservation => ({
  subjects: [{ name: "postgres-1", group: "postgres", facts: { "syncs by 200 commits": count } }],
});

test("a number that has to be reached passes from there on and is measured", () => {
  const verdict = facts.judge(syncs("200"), counted);

  expect(verdict.status).toBe("passed");
  expect(verdict.measurements[0]).toMatchObject({ value: 200, unit: "syncs by 200 commits" });
  expect(facts.judge(syncs("1000"), counted).status).toBe("passed");
});

test.each(["199", "0", "-200", "", "many"])("a count of %j instead of 200 fails", (count) => {
  expect(facts.judge(syncs(count), counted)).toMatchObject({
    status: "failed",
    evidence: `postgres-1: syncs by 200 commits is "${count}", allowed is 200 or more`,
  });
});

test.each([
  ["nothing seen", { subjects: [] }, '0 of "gateway" seen'],
  [
    "a missing replica",
    { subjects: containers.filter(({ name }) => name !== "server-3") },
    '2 of "server" seen, allowed are 3 or more',
  ],
  [
    "a status that could not be read",
    {
      subjects: containers.map((subject) => {
        const { "process seccomp mode": _, ...rest }: Record<string, string> = subject.facts;
        return { ...subject, facts: rest };
      }),
    },
    "gateway-1: process seccomp mode could not be read",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judgeContainers(seen)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(evidence),
  });
});

const mixed: FactsObjective = {
  ...counted,
  groups: {
    wall: {
      subjectsMin: 1,
      facts: { colour: "red|blue", height: 2_000, doors: { atLeast: 1 } },
    },
    ruler: { subjectsMin: 1, isControl: true, facts: { length: "100" } },
  },
};
const wall = (name: string, changes: Readonly<Record<string, string>> = {}): Subject => ({
  name,
  group: "wall",
  facts: { colour: "red", height: "1999", doors: "1", ...changes },
});
const ruler: Subject = { name: "ruler-1", group: "ruler", facts: { length: "100" } };

test("numbers are told with what they are held against, and all that is wrong", () => {
  const good = [wall("wall-1"), ruler];
  const bad = [
    wall("wall-1", { height: "2000", doors: "1x" }),
    wall("wall-2", { colour: "7" }),
    ruler,
  ];

  expect(told(facts.judge({ subjects: good }, mixed))).toEqual([
    "passed: 4 facts of 2 subjects are as promised",
    "wall of wall-1: 1,999 height of 1; below 2,000 height",
    "wall of wall-1: 1 doors of 1; at least 1 doors",
    "facts judged: 4 of 2",
    "wrong facts: 0 of 4; at most 0",
  ]);
  expect(told(facts.judge({ subjects: bad }, mixed))).toEqual([
    'failed: wall-1: height is "2000", allowed is less than 2,000, and 2 more',
    "wall of wall-1: 2,000 height of 1; below 2,000 height",
    "wall of wall-2: 1,999 height of 1; below 2,000 height",
    "wall of wall-2: 1 doors of 1; at least 1 doors",
    "facts judged: 7 of 3",
    "wrong facts: 3 of 7; at most 0",
    'witnesses: wall-1: height is "2000", allowed is less than 2,000 | wall-1: doors is "1x", allowed is 1 or more | wall-2: colour is "7", allowed is red|blue',
  ]);
});

test("a wrong fact beside a control that is right is no blindness", () => {
  const blind = { ...ruler, facts: { length: "99" } };

  expect(facts.judge({ subjects: [wall("wall-1"), blind] }, mixed)).toMatchObject({
    status: "unknown",
    evidence: 'the probe is blind: ruler-1: length is "99", allowed is 100',
  });
});

test("a fact that could not be read is told with the reason where there is one", () => {
  const unread = (facts: Readonly<Record<string, string>>) => ({ ...wall("wall-1"), facts });
  const evidenceOf = (subject: Subject) =>
    facts.judge({ subjects: [subject, ruler] }, mixed).evidence;

  expect(evidenceOf(unread({ colour: "red" }))).toBe("wall-1: height, doors could not be read");
  expect(evidenceOf(unread({ unanswered: "it is dark" }))).toBe(
    "wall-1: colour, height, doors could not be read, because it is dark",
  );
});
