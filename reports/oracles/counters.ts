import { doubtAboutGenerator, doubtAboutSteadyState, verdictsOf } from "../assumptions.ts";
import { formatCount, formatNumberOf } from "../format.ts";
import { atMost } from "../measure.ts";
import type { CounterReading, History } from "../records.ts";
import type { CountersObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "counters";

/** What one replica answered in one way, by two who counted. */
interface Cell {
  readonly words: string;
  readonly sent: number;
  readonly counted: number;
}

/**
 * Judges whether Prometheus counted what clients were answered: by replica, method and status, to
 * the single request, over a window in which nobody else sent any.
 *
 * A request without an answer, or one that the gateway tried twice, leaves open who should have
 * counted it: the record is then unknown.
 */
export const counters: Oracle<History, CountersObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const readings = history.monitoring?.counters ?? null;
    if (readings === null) {
      return verdict.unknown({ evidence: "the counters were not read at both ends" });
    }
    const doubt = doubtAboutWindow(history, objective);
    const cells = cellsOf(history, readings);
    const wrong = cells.filter(({ sent, counted }) => sent !== counted);
    const sum = (part: "sent" | "counted") => cells.reduce((all, cell) => all + cell[part], 0);
    const replicas = new Set(readings.filter(grew).map(({ replica }) => replica)).size;
    const finding = {
      evidence:
        wrong[0] === undefined
          ? `${formatNumberOf(sum("counted"), "answer")} of ${formatCount(sum("sent"))} counted, ` +
            `by ${formatNumberOf(replicas, "replica")}`
          : `${wrong[0].words}: ${formatCount(wrong[0].counted)} counted, ` +
            `${formatCount(wrong[0].sent)} answered${wrong.length === 1 ? "" : `, and ${wrong.length - 1} more differ`}`,
      measurements: [
        {
          name: "requests counted wrong",
          value: wrong.reduce((all, { sent, counted }) => all + Math.abs(sent - counted), 0),
          unit: "",
          sampleSize: sum("sent"),
          limit: atMost(0),
        },
        { name: "counted", value: sum("counted"), unit: "", sampleSize: sum("sent") },
      ],
      witnesses: wrong.map(({ words, sent, counted }) => `${words}: ${counted} of ${sent}`),
    };
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return wrong.length > 0 ? verdict.failed(finding) : verdict.passed(finding);
  },
};

function doubtAboutWindow(history: History, objective: CountersObjective): string | null {
  const { operations, gatewayLines, faults } = history;
  if (faults.length > 0) return "a fault is on record: requests may have been tried twice";
  const open = operations.filter(({ status }) => status === null);
  if (open.length > 0) return `${formatNumberOf(open.length, "request")} without an answer`;
  if (gatewayLines === null) return "the gateway's log could not be read";
  const twice = gatewayLines.filter(({ upstreamAddresses }) => upstreamAddresses.length > 1);
  if (twice.length > 0) return `the gateway tried ${formatNumberOf(twice.length, "request")} twice`;
  const answers = operations.filter(({ replica }) => replica !== null);
  if (answers.length < objective.answersMin) {
    return `${formatNumberOf(answers.length, "answer")} of the API, needed ${formatCount(objective.answersMin)}`;
  }
  const replicas = new Set(answers.map(({ replica }) => replica)).size;
  if (replicas < objective.replicas) {
    return `${formatNumberOf(replicas, "replica")} answered, needed ${objective.replicas}`;
  }
  return doubtAboutGenerator(history.generator) ?? doubtAboutSteadyState(history, "before");
}

function grew({ before, after }: CounterReading): boolean {
  return after !== before;
}

function cellsOf(history: History, readings: readonly CounterReading[]): readonly Cell[] {
  const sent = new Map<string, number>();
  const counted = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string, more: number) =>
    void counts.set(key, (counts.get(key) ?? 0) + more);
  for (const { replica, method, status } of history.operations) {
    if (replica !== null) add(sent, `${method} ${status} by ${replica}`, 1);
  }
  for (const { replica, method, status, before, after } of readings) {
    add(counted, `${method} ${status} by ${replica}`, after - before);
  }
  return [...new Set([...sent.keys(), ...counted.keys()])].toSorted().map((words) => ({
    words,
    sent: sent.get(words) ?? 0,
    counted: counted.get(words) ?? 0,
  }));
}
