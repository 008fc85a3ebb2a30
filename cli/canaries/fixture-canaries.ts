/** Injectors, generators and probes that do less than they say. */

import type { Edit } from "../../stack/mutants/mutant.ts";
import type { Canary } from "./canary.ts";

const killed = "          await control.kill(target.id);";
/** Put together, so that the guard that looks for such flags does not find them here. */
const trustAll = ["reject", "Unauthorized: false,"].join("");
const ignoreErrors = ["ignore", "HTTPSErrors: true,"].join("");

function inKill(replace: string): Edit {
  return { file: "fixtures/faults/kill-replica.ts", find: killed, replace };
}

const unproved = "a replica that was killed: expected passed, saw unknown: it is not proved that";

const injectors: readonly Canary[] = [
  {
    id: "no-op-injector",
    defect: "the injector does nothing and returns as if it had",
    edits: [inKill("          await control.inspect(target.id);")],
    check: "a kill is proved",
    reason: unproved,
  },
  {
    id: "wrong-target",
    defect: "the fault hits another replica than the one that it names",
    edits: [
      inKill('          await control.kill((await control.list("server")).at(-1)?.id ?? "");'),
    ],
    check: "a kill is proved",
    reason: unproved,
  },
  {
    id: "no-target",
    defect: "the name of the service is misspelt, so that there is no target at all",
    edits: [
      {
        file: "fixtures/faults/victim.ts",
        find: '.list("server")',
        replace: '.list("servers")',
      },
    ],
    check: "a kill is proved",
    reason: "looked for an API replica to hurt: saw 0 running, allowed 3",
  },
  {
    id: "stop-in-place-of-kill",
    defect: "the target is asked to stop, which it does gracefully, and is not killed",
    edits: [inKill("          await control.stop(target.id);")],
    check: "a kill is proved",
    reason: unproved,
  },
  {
    id: "no-op-injector-and-easy-observer",
    defect: "the injector does nothing, and its observer confirms whatever it sees",
    edits: [
      inKill("          await control.run(target.id);"),
      {
        file: "fixtures/faults/proofs.ts",
        find: "confirms: !now.running && now.exitCode === killedExitCode",
        replace: "confirms: true",
      },
    ],
    check: "a kill is proved",
    reason: "did not silence its target",
  },
  {
    id: "no-op-injector-and-endless-patience",
    defect: "the injector does nothing, and the wait for its effect gives up without a word",
    edits: [
      inKill("          await control.inspect(target.id);"),
      {
        file: "fixtures/wait.ts",
        find: "    if (waitedMs > timeoutMs) {",
        replace: "    if (waitedMs > timeoutMs) return;\n    if (waitedMs > timeoutMs) {",
      },
    ],
    check: "a kill is proved",
    reason: unproved,
  },
  {
    id: "fault-not-undone",
    defect: "what was done to the target is never undone",
    edits: [
      { file: "fixtures/faults/fault.ts", find: "      await this.#heal(journal);", replace: "" },
    ],
    check: "a kill is undone",
    reason: "the replica runs after the fault: expected true, saw false",
  },
  {
    id: "wait-without-end",
    defect: "a wait that ran out of time returns as if the state had come",
    edits: [
      {
        file: "fixtures/wait.ts",
        find: "    if (waitedMs > timeoutMs) {",
        replace: "    if (waitedMs > timeoutMs) return;\n    if (waitedMs > timeoutMs) {",
      },
    ],
    check: "a wait that is over says so",
    reason: "a wait for nothing: saw it reached",
  },
];

const worker = "fixtures/traffic/generator-worker.ts";
const dies: Edit = {
  file: worker,
  find: "      const label = labelOf(this.#sequence, plan.mix);",
  replace:
    "      if (this.#sequence === 40) process.exit();\n" +
    "      const label = labelOf(this.#sequence, plan.mix);",
};

const fromSending: Edit = {
  file: worker,
  find: "} else void this.#sender.send(label, this.#sequence, intendedAtMs);",
  replace: "} else void this.#sender.send(label, this.#sequence, this.#sender.nowMs());",
};

function waitingFor(openMax: number): Edit {
  const find = "if (intendedAtMs > nowMs) return;";
  const replace = `if (intendedAtMs > nowMs || this.#sender.openCount >= ${openMax}) return;`;
  return { file: worker, find, replace };
}

const traffic: readonly Canary[] = [
  {
    id: "client-retries",
    defect: "the client sends a request that failed once more",
    edits: [
      {
        file: "fixtures/traffic/exchange.ts",
        find: "  return new ExchangeInProgress(request, now).run(target, agent);",
        replace:
          "  const send = () => new ExchangeInProgress(request, now).run(target, agent);\n" +
          "  return send().then((first) => (first.bodyRight ? first : send()));",
      },
    ],
    check: "each failure counts once",
    reason: "every tenth answer is refused with 500: expected failed, saw passed",
  },
  {
    id: "closed-loop",
    defect: "a request is sent, and its latency counts, only after the answer to the one before",
    edits: [waitingFor(1), fromSending],
    check: "a stall is seen whole",
    reason: "a site that stands still for 1000 ms: expected 15 % slow slots or more, saw 1 of",
  },
  {
    id: "few-connections",
    defect: "a client with two connections waits for a free one, and latency counts from then on",
    edits: [waitingFor(2), fromSending],
    check: "a stall is seen whole",
    reason: "expected 15 % slow slots or more, saw 2 of",
  },
  {
    id: "generator-dies",
    defect: "the generator's thread ends in the middle of its plan",
    edits: [dies],
    check: "a sound site passes",
    reason: "expected passed, saw unknown: the load generator did not finish its plan",
  },
  {
    id: "generator-dies-and-lies",
    defect: "the generator's thread ends in the middle of its plan, and that counts as an end",
    edits: [
      dies,
      {
        file: "fixtures/traffic/generator.ts",
        find: "  finished: false,\n};",
        replace: "  finished: true,\n};",
      },
    ],
    check: "a sound site passes",
    reason: "expected passed, saw unknown: 0 requests were scheduled and",
  },
  {
    id: "indeterminate-is-ok",
    defect: "a write whose answer was lost counts as acknowledged",
    edits: [
      {
        file: "fixtures/traffic/classify.ts",
        find: 'outcome: failed ? "failed" : "indeterminate"',
        replace: 'outcome: failed ? "failed" : "ok"',
      },
    ],
    check: "an unanswered write may be stored or not",
    reason: 'saw {"lost":1,"phantom":0,',
  },
  {
    id: "indeterminate-is-failed",
    defect: "a write whose answer was lost counts as one that certainly had no effect",
    edits: [
      {
        file: "fixtures/traffic/classify.ts",
        find: 'outcome: failed ? "failed" : "indeterminate"',
        replace: 'outcome: failed ? "failed" : "failed"',
      },
    ],
    check: "an unanswered write may be stored or not",
    reason: 'saw {"lost":0,"phantom":1,',
  },
  {
    id: "status-only",
    defect: "any answer with a good status counts, whatever is in it",
    edits: [
      {
        file: "fixtures/traffic/classify.ts",
        find: 'return status < 200 || status > 299 ? "status" : "wrong-body";',
        replace: 'return status < 200 || status > 299 ? "status" : null;',
      },
    ],
    check: "an error page is an error",
    reason: "every tenth answer is an error page with 200: expected failed, saw passed",
  },
];

const trust: readonly Canary[] = [
  {
    id: "client-trusts-everybody",
    defect: "the client takes any certificate",
    edits: [
      {
        file: "fixtures/traffic/exchange.ts",
        find: "ca: authority,",
        replace: `ca: authority, ${trustAll}`,
      },
    ],
    check: "a certificate of a stranger is refused",
    reason: "expected a refusal by TLS, saw trusted",
  },
  {
    id: "client-trust-unguarded",
    defect: "the client takes any certificate, in a file that must not say so",
    edits: [
      {
        file: "fixtures/traffic/exchange.ts",
        find: "ca: authority,",
        replace: `ca: authority, ${trustAll}`,
      },
    ],
    check: "trust is guarded",
    reason: "a flag that ignores certificates: fixtures/traffic/exchange.ts",
  },
  {
    id: "browser-trusts-everybody",
    defect: "the browser is told to ignore errors of certificates",
    edits: [
      {
        file: "playwright.config.ts",
        find: "  workers: 1,",
        replace: `  workers: 1,\n  use: { ${ignoreErrors} },`,
      },
    ],
    check: "trust is guarded",
    reason: "a flag that ignores certificates: playwright.config.ts",
  },
  {
    id: "failed-read-is-empty",
    defect: "a database that cannot be read counts as one without rows",
    edits: [
      {
        file: "fixtures/probes/database.ts",
        find: "return { rows: null, seen: error",
        replace: "return { rows: [], seen: error",
      },
    ],
    check: "a failed final read is told",
    reason: "rows of a database that cannot be reached: expected null, saw []",
  },
];

export const fixtureCanaries: readonly Canary[] = [...injectors, ...traffic, ...trust];
