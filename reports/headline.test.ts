import { expect, test } from "vitest";
import { runEvents } from "./hand-made-runs.ts";
import { exitCodeWords, headline, verdictWords } from "./headline.ts";
import { manifest as fullManifest } from "./manifest.ts";
import { allObjectives, slo } from "./slo.ts";
import { decide, exitCodes } from "./verdict.ts";

test("a release verdict and one of a partial run never read the same", () => {
  const decisions = ["GO", "GO_WITH_WARNINGS", "NO_GO", "INCONCLUSIVE"] as const;
  for (const verdict of decisions) {
    const partial = verdictWords({ verdict, scope: "partial", profile: "release" });
    expect(partial).toContain("(partial run)");
    expect(partial).not.toMatch(/\bGO\b/);
    const local = verdictWords({ verdict, scope: "full", profile: "local" });
    expect(local).toContain("(profile local)");
    expect(local).not.toMatch(/\bGO\b/);
    const full = verdictWords({ verdict, scope: "full", profile: "release" });
    expect(full).not.toMatch(/partial|local/);
  }
});

test("the last line is the verdict, the first rows are what failed", () => {
  const lines = headline(
    decide(
      runEvents({
        statuses: { [slo.durabilityAcrossKill.id]: "failed", [slo.balance.id]: null },
        extra: [{ type: "warning", what: "the clock was set back" }],
      }),
    ),
  );

  expect(lines[0]).toMatch(/^ {2}FAIL {2}SC-4\.kill/);
  expect(lines[1]).toMatch(/^ {2}---- {2}VP-1\.share/);
  expect(lines.at(-1)).toMatch(/^NO-GO {2}acknowledged missions survive a SIGKILL/);
  expect(lines.at(-2)).toBe("exit code 1: the product missed an objective");
  expect(lines.at(-3)).toBe(
    `${allObjectives.length - 2} passed · 1 failed · 0 unknown · 1 not measured · 1 warning · 5 min 0 s`,
  );
  expect(lines).toContain("  warning: the clock was set back");
  expect(lines.join("\n")).not.toContain("\u001B");
});

test("promises without a claim and leftovers are told", () => {
  const events = runEvents({ extra: [{ type: "harness-error", what: "engine gone" }] }).filter(
    (event) => event.type !== "judged" || !event.claim.startsWith("observability/"),
  );
  const manifest = fullManifest.filter(({ claim }) => !claim.startsWith("observability/"));
  const lines = headline(decide(events, { manifest })).join("\n");

  expect(lines).toContain("dashboards and alerts work: not claimed, no claim about");
  expect(lines).toContain("harness error: engine gone");
});

test("every exit code has words", () => {
  for (const code of [...Object.values(exitCodes), 129, 130, 143]) {
    expect(exitCodeWords(code)).not.toBe("unknown");
  }
  expect(exitCodeWords(77)).toBe("unknown");
});
