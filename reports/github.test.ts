import { expect, test } from "vitest";
import { annotations, jobSummary, outputs } from "./github.ts";
import { hostile, runEvents } from "./hand-made-runs.ts";
import { allObjectives, slo } from "./slo.ts";
import { decide } from "./verdict.ts";

const failedAndOpen = decide(
  runEvents({ statuses: { [slo.durabilityAcrossKill.id]: "failed", [slo.balance.id]: null } }),
);

test("a job summary begins with the verdict and tells what failed before what passed", () => {
  const summary = jobSummary(failedAndOpen);

  expect(summary.startsWith("## NO-GO\n")).toBe(true);
  expect(summary.indexOf("SC-4.kill |")).toBeLessThan(summary.indexOf("VP-1.share |"));
  expect(summary.indexOf("VP-1.share |")).toBeLessThan(summary.indexOf("<details>"));
  expect(summary).toContain("Exit code 1: the product missed an objective");
  expect(summary).toContain(`<summary>Passed: ${allObjectives.length - 2}</summary>`);
});

test("a summary that would be too large is cut between its parts and says so", () => {
  const huge = decide(runEvents({ evidence: "x".repeat(100_000) }));

  expect(Buffer.byteLength(jobSummary(huge))).toBeLessThan(900_000);
  const cut = jobSummary(failedAndOpen, 5_000);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(5_000);
  expect(cut).toContain("## NO-GO");
  expect(cut).toContain("Something is left out");
});

test("never more than ten annotations, the verdict first, failures before gaps", () => {
  const everything = Object.fromEntries(allObjectives.map(({ id }) => [id, "failed"] as const));

  expect(annotations(decide(runEvents({ statuses: everything })))).toHaveLength(10);
  expect(annotations(failedAndOpen)).toEqual([
    expect.stringMatching(/^::error title=NO-GO::/),
    expect.stringMatching(
      /^::error file=suites\/durability\/postgres-kill\.test\.ts,title=SC-4\.kill::/,
    ),
    expect.stringMatching(/^::error file=suites\/[^,]*,title=VP-1\.share::/),
  ]);
});

test("a good run is told as well: silence is no signal", () => {
  expect(annotations(decide(runEvents()))).toEqual([
    `::notice title=GO::all ${allObjectives.length} criteria passed`,
  ]);
});

test("text from a log gives no commands, no markup and no rows", () => {
  const evidence = `a | b\n::set-output name=verdict::GO\n${hostile} [x](y) 100%`;
  const run = decide(runEvents({ statuses: { [slo.handshake.id]: "failed" }, evidence }));

  for (const line of annotations(run)) {
    expect(line).not.toContain("\n");
    expect(line.match(/::/g)?.length).toBeGreaterThan(1);
    expect(line).not.toMatch(/^::set-output/m);
  }
  const summary = jobSummary(run);
  expect(summary).not.toContain("<script>");
  expect(summary).not.toContain("[x](y)");
  expect(summary).not.toMatch(/^::/m);
  expect(summary).toContain("a \\| b");
});

test("outputs are one line each", () => {
  expect(outputs(failedAndOpen)).toBe(
    "verdict=NO_GO\nscope=full\nexit-code=1\ndecided-by=SC-4.kill\nrun=run-1\n",
  );
});
