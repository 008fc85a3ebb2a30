import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRun } from "../reports/run-store.ts";
import { containersFrom, lastRunBelow, stackStatus, statusLines } from "./status.ts";

const warm = {
  handle: {
    runId: "run-1",
    projectName: "hyper-mission-run-1",
    installation: "/tmp/x",
    sources: "/tmp/y",
    nodeImage: "node",
  },
  configurationHash: "0123456789ab",
  imageSource: "airgap",
  startedAt: "2026-11-23T10:00:00.000Z",
} as const;

const nowMs = Date.parse("2026-11-23T10:03:20.000Z");
const printed = "b-server-1\tUp 3 minutes (healthy)\na-gateway-1\tExited (137) 2 seconds ago\n";

test("a kept stack is told with its age and each container, also a dead one", () => {
  const stack = stackStatus(warm, containersFrom(printed), nowMs);
  const lines = statusLines({ stack, lastRun: null });

  expect(lines[0]).toBe("hyper-mission-run-1, up for 3 min 20 s, sources 0123456789ab");
  expect(lines[1]).toBe("  a-gateway-1  Exited (137) 2 seconds ago");
  expect(lines[2]).toBe("  b-server-1   Up 3 minutes (healthy)");
  expect(lines.at(-1)).toContain("no run is on record");
});

test("a stack whose containers are gone, or whose engine is, is not told as one that is up", () => {
  const gone = stackStatus(warm, [], nowMs);
  expect(statusLines({ stack: gone, lastRun: null })[1]).toContain(
    "none of its containers is left",
  );
  const silent = stackStatus(warm, null, nowMs);
  expect(statusLines({ stack: silent, lastRun: null })[1]).toContain("engine does not answer");
});

test("without a stack the next command is told, with the last run's verdict", () => {
  const lines = statusLines({
    stack: null,
    lastRun: {
      runId: "run-7",
      verdict: "NO_GO",
      scope: "full",
      profile: "release",
      headline: "2 of 100 lost",
      startedAt: "2026-11-23T09:00:00.000Z",
      exitCode: 1,
    },
  });

  expect(lines[0]).toContain("npm run up");
  expect(lines[1]).toBe("last run run-7 of 2026-11-23T09:00:00.000Z: NO-GO  2 of 100 lost");
});

test("the last run is the newest, and one that cannot be read is told as that", () => {
  const root = mkdtempSync(join(tmpdir(), "status-"));
  try {
    expect(lastRunBelow(root)).toBeNull();
    createRun(root, "20261123-100000-aaaa");
    const { directory } = createRun(root, "20261123-110000-bbbb");
    rmSync(join(root, "latest"));
    expect(lastRunBelow(root)).toMatchObject({ runId: "20261123-110000-bbbb", exitCode: 2 });

    appendFileSync(join(directory, "events.jsonl"), "nonsense\n");
    expect(lastRunBelow(root)).toMatchObject({
      verdict: "INCONCLUSIVE",
      headline: expect.stringContaining("its record cannot be read: reading"),
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
