import { readProblem } from "./problem.ts";
import { RequestFailure } from "./request-failure.ts";

/**
 * Longest wait for an answer.
 *
 * It exceeds what the gateway may need with all its rounds, so that the gateway's own answer,
 * which says more than a timeout, arrives first.
 */
export const requestTimeoutMs = 25_000;

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export type JsonRequest<Answer> = {
  /** Reads the parsed body; what it throws makes the answer "unreadable". */
  readonly read: (body: unknown) => Answer;
  readonly method?: "GET" | "POST" | "PATCH";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Ends the request early; the abort reason is then thrown as it is. */
  readonly signal?: AbortSignal;
};

/**
 * Sends one request and returns what `read` makes of the body of a 2xx answer.
 *
 * @throws RequestFailure for every other outcome, except for the caller's own abort.
 */
export async function requestJson<Answer>(
  fetch: Fetch,
  address: string,
  request: JsonRequest<Answer>,
): Promise<Answer> {
  const method = request.method ?? "GET";
  const attempted = `${method} ${address}`;
  const timeout = AbortSignal.timeout(requestTimeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, toInit(method, request, signal));
    text = await response.text();
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    const kind = timeout.aborted ? "timeout" : "unreachable";
    throw new RequestFailure(attempted, { kind }, { cause });
  }
  return readAnswer(attempted, response, text, request.read);
}

function toInit(method: string, request: JsonRequest<unknown>, signal: AbortSignal): RequestInit {
  const headers = { Accept: "application/json, application/problem+json", ...request.headers };
  const init: RequestInit = { method, headers, signal, cache: "no-store", redirect: "error" };
  if (request.body === undefined) return init;
  return {
    ...init,
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(request.body),
  };
}

function readAnswer<Answer>(
  attempted: string,
  response: Response,
  text: string,
  read: (body: unknown) => Answer,
): Answer {
  const status = response.status;
  const reference = response.headers.get("X-Request-Id");
  if (!response.ok) {
    const problem = readProblem(parseOrNull(text));
    throw new RequestFailure(attempted, { kind: "refused", status, problem, reference });
  }
  try {
    return read(JSON.parse(text));
  } catch (cause) {
    throw new RequestFailure(attempted, { kind: "unreadable", status, reference }, { cause });
  }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error page of a proxy in between is no JSON; its status alone then tells the story.
    return null;
  }
}
