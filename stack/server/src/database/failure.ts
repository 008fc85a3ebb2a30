/**
 * What a failed database attempt means: may it be repeated, and can it have taken effect?
 *
 * Postgres reports with SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html) and a
 * severity. ERROR ends the statement and undoes it; FATAL ends the session, possibly after the
 * commit and before the client learned of it. A connection that breaks, or an answer that does not
 * come, says nothing at all about the statement.
 */
import { TurnTimeoutError } from "./turnstile.ts";

export type Effect = "not_applied" | "unknown";

export interface Failure {
  /** A later attempt may go well although nothing was changed. */
  readonly transient: boolean;
  /** The database itself could not be reached, as opposed to a statement that it refused. */
  readonly unreachable: boolean;
  readonly effect: Effect;
  /**
   * One word for logs and metrics: an SQLSTATE, an error code of the system, or `timeout`,
   * `closed`.
   */
  readonly reason: string;
}

/**
 * Conditions in which the server as a whole does not serve, whatever the statement. A database that
 * does not exist is one: while a migration swaps a new one in, the name is gone for a moment.
 */
const UNREACHABLE_STATES = /^(08...|57P0[123]|53300|3D000)$/;
/** Conflicts that dissolve when the other party has finished. */
const CONFLICT_STATES: ReadonlySet<string> = new Set(["40001", "40P01", "55P03"]);
/**
 * Postgres cannot do it now and will not do it in five seconds: refused without another attempt.
 */
const EXHAUSTED_STATES = /^(53...|57014|25006|58030)$/;

/** The stages of an attempt: before a connection was there, or with the statement handed over. */
export type Stage = "connect" | "query";

function textOf(error: Error, name: "code" | "severity"): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : undefined;
}

function isSqlState(code: string | undefined): code is string {
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
}

/** The SQLSTATE of an error that Postgres reported, undefined for every other error. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const code = textOf(error, "code");
  return isSqlState(code) ? code : undefined;
}

/** True when Postgres refused a row because it broke the constraint of the given name. */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof Error && Reflect.get(error, "constraint") === constraint;
}

/**
 * True for conditions that are the database's, not a defect of the statement: the answer is 503.
 */
export function isExhausted(reason: string): boolean {
  return EXHAUSTED_STATES.test(reason);
}

/** Reads an error of the given stage. Pure: the same error always means the same. */
export function readFailure(error: unknown, stage: Stage): Failure {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = textOf(cause, "code");
  if (stage === "connect") {
    const refused = isSqlState(code) && !UNREACHABLE_STATES.test(code);
    // All connections are busy: no sign that a new one could not be made.
    const busy = cause instanceof TurnTimeoutError;
    return {
      transient: !refused,
      unreachable: !busy,
      effect: "not_applied",
      reason: busy
        ? "pool_busy"
        : (code ?? (/timeout/i.test(cause.message) ? "timeout" : "closed")),
    };
  }
  if (isSqlState(code)) {
    const fatal = textOf(cause, "severity") !== "ERROR";
    const unreachable = UNREACHABLE_STATES.test(code);
    return {
      transient:
        unreachable || CONFLICT_STATES.has(code) || (fatal && !EXHAUSTED_STATES.test(code)),
      unreachable,
      effect: fatal ? "unknown" : "not_applied",
      reason: code,
    };
  }
  // The driver refuses a connection that it already knows to be broken, before it sends anything.
  const neverSent = /not queryable/i.test(cause.message);
  return {
    transient: true,
    unreachable: true,
    effect: neverSent ? "not_applied" : "unknown",
    reason: code ?? (/timeout/i.test(cause.message) ? "timeout" : "closed"),
  };
}
