import { expect, test } from "vitest";
import { parseWrk } from "./capacity.ts";

const printed = `Running 8s test @ https://127.0.0.1:443/
  1 threads and 10 connections
  5021 requests in 8.01s, 12.50MB read
  Socket errors: connect 0, read 3, write 1, timeout 2
  Non-2xx or 3xx responses: 7
Requests/sec:    626.84
Transfer/sec:      1.56MB
`;

test("what wrk prints is read, errors of sockets and of answers together", () => {
  expect(parseWrk(printed)).toEqual({ ratePerSecond: 626.84, answers: 5_021, notRight: 13 });
  const right = printed.replaceAll(/^.*(?:errors|Non-2xx).*\n/gm, "");
  expect(parseWrk(right)?.notRight).toBe(0);
});

test("a wrk that measured nothing is not taken for one that saw nothing", () => {
  expect(parseWrk("unable to connect to 127.0.0.1:443 Connection refused\n")).toBeNull();
});
