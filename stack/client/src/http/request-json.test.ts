import { afterEach, expect, test, vi } from "vitest";
import { readInteger, readObject } from "./json.ts";
import { RequestFailure, type FailureFacts } from "./request-failure.ts";
import { requestJson, type Fetch } from "./request-json.ts";

afterEach(() => vi.restoreAllMocks());

const read = (body: unknown): number => readInteger(readObject(body, "answer"), "count", "answer");

async function factsOf(attempt: Promise<unknown>): Promise<FailureFacts> {
  const outcome = await attempt.then(
    () => new Error("the request succeeded"),
    (error: unknown) => error,
  );
  if (outcome instanceof RequestFailure) return outcome.facts;
  throw outcome;
}

function answering(status: number, body: string, headers: Record<string, string> = {}): Fetch {
  return async () => new Response(body, { status, headers });
}

test("the body of an answer is read", async () => {
  expect(await requestJson(answering(200, `{"count":3}`), "/x", { read })).toBe(3);
});

test("a body is sent as JSON with the given headers, and nothing is cached", async () => {
  const fetch = vi.fn<Fetch>(answering(201, `{"count":1}`));

  await requestJson(fetch, "/x", {
    method: "POST",
    headers: { "Idempotency-Key": "k" },
    body: { a: 1 },
    read,
  });

  const [address, init] = fetch.mock.calls[0] ?? [];
  expect(address).toBe("/x");
  expect(init).toMatchObject({ method: "POST", body: `{"a":1}`, cache: "no-store" });
  expect(init?.headers).toMatchObject({
    "Idempotency-Key": "k",
    "Content-Type": "application/json",
  });
});

test("problem details and the reference of a refusal are kept", async () => {
  const fetch = answering(409, `{"type":"urn:x","title":"T","detail":"D"}`, {
    "X-Request-Id": "abc",
  });

  expect(await factsOf(requestJson(fetch, "/x", { read }))).toEqual({
    kind: "refused",
    status: 409,
    problem: { type: "urn:x", title: "T", detail: "D" },
    reference: "abc",
  });
});

test("a refusal with a page in place of JSON is still a refusal", async () => {
  const facts = await factsOf(requestJson(answering(502, "<html>"), "/x", { read }));

  expect(facts).toMatchObject({ kind: "refused", status: 502, reference: null });
});

test.each([["<html>"], [`{"count":"3"}`], [""]])("the answer %j is unreadable", async (body) => {
  const facts = await factsOf(requestJson(answering(200, body), "/x", { read }));

  expect(facts.kind).toBe("unreadable");
});

test("a broken connection is unreachable", async () => {
  const fetch: Fetch = async () => Promise.reject(new TypeError("network error"));

  expect((await factsOf(requestJson(fetch, "/x", { read }))).kind).toBe("unreachable");
});

/** Never answers; ends as `fetch` does when its signal is aborted. */
const silent: Fetch = (_address, init) =>
  new Promise((_resolve, reject) => {
    const { signal } = init;
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });

test("silence ends as a timeout", async () => {
  const timeout = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(timeout.signal);

  const facts = factsOf(requestJson(silent, "/x", { read }));
  timeout.abort(new DOMException("timed out", "TimeoutError"));

  expect((await facts).kind).toBe("timeout");
});

test("the caller's own abort is no failure but its own reason", async () => {
  const caller = new AbortController();
  const reason = new Error("left the page");

  const attempt = requestJson(silent, "/x", { read, signal: caller.signal });
  caller.abort(reason);

  await expect(attempt).rejects.toBe(reason);
});
