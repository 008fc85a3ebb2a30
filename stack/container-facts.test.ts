import { expect, test } from "vitest";
import { factsOf, processFactsOf, type InspectedContainer } from "./container-facts.ts";

const bare: InspectedContainer = {
  Mounts: [],
  Config: { User: "", Image: "web:latest" },
  NetworkSettings: { Ports: {} },
  HostConfig: {},
};

test("what the engine tells is told by name, lists in their own order", () => {
  const facts = factsOf(
    {
      Mounts: [
        { Type: "volume", Name: "web_data", Source: "/v", Destination: "/data", RW: true },
        { Type: "volume", Name: "0a".repeat(32), Source: "/w", Destination: "/lost", RW: true },
        { Type: "bind", Source: "/run/docker.sock", Destination: "/engine", RW: false },
      ],
      Config: {
        User: "101:101",
        Image: "web:1",
        Healthcheck: { Test: ["CMD", "true"] },
        StopSignal: "SIGQUIT",
        StopTimeout: 25,
      },
      NetworkSettings: {
        Ports: { "9/tcp": [{ HostIp: "" }], "8/tcp": [{ HostIp: "127.0.0.1" }], "7/tcp": null },
      },
      HostConfig: {
        CapAdd: null,
        CapDrop: ["ALL"],
        SecurityOpt: ["no-new-privileges:true"],
        Devices: [{}],
        NetworkMode: "web_app",
        PidMode: "host",
        IpcMode: "private",
        UTSMode: "",
        UsernsMode: "",
        PidsLimit: null,
        LogConfig: { Type: "json-file", Config: { "max-size": "10m" } },
      },
    },
    [
      { name: "data", internal: true },
      { name: "app", internal: false },
    ],
  );

  expect(facts).toMatchObject({
    "capabilities added": "none",
    "capabilities dropped": "ALL",
    devices: "one",
    "host namespaces": "pid",
    mounts: "anonymous volume /lost writable, bind /engine read-only, volume /data writable",
    "engine socket": "true",
    "process limit": "0",
    "health check": "CMD true",
    "stop signal": "SIGQUIT",
    "seconds to stop": "25",
    log: "json-file max-size=10m max-file=none",
    "published ports": "8/tcp on 127.0.0.1, 9/tcp on 0.0.0.0",
    networks: "app, data (internal)",
  });
});

test("what the engine does not tell is no fact, and no user is root", () => {
  const facts = factsOf(bare, []);

  expect(facts).toMatchObject({
    user: "root by default",
    "health check": "none",
    "stop signal": "SIGTERM",
  });
  for (const unread of ["privileged", "capabilities added", "host namespaces", "seconds to stop"]) {
    expect(facts).not.toHaveProperty([unread]);
  }
});

test("the kernel's words about a process are read, and half a file is half the facts", () => {
  const status = "Name:\tnginx\nUid:\t101\t101\t101\t101\nCapBnd:\t0000000000000000\n";

  expect(processFactsOf(`${status}NoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n`)).toEqual({
    "process users": "101 101 101 101",
    "process capabilities at most": "0000000000000000",
    "process refuses new privileges": "1",
    "process seccomp mode": "2",
  });
  expect(Object.keys(processFactsOf(status))).toHaveLength(2);
  expect(processFactsOf("")).toEqual({});
});
