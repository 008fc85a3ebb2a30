import { expect, test } from "vitest";
import { formatAge, formatClockTime, formatDate, formatExactTime } from "./time.ts";

const time = "2026-11-23T12:00:00.000Z";
const timeMs = Date.parse(time);

test.each([
  [-60, "just now"],
  [0, "just now"],
  [44, "just now"],
  [45, "1 minute ago"],
  [119, "1 minute ago"],
  [120, "2 minutes ago"],
  [3_599, "59 minutes ago"],
  [3_600, "1 hour ago"],
  [86_399, "23 hours ago"],
  [86_400, "yesterday"],
  [29 * 86_400, "29 days ago"],
  [30 * 86_400, "23 Nov 2026"],
])("after %i seconds it reads %j", (ageSeconds, expected) => {
  expect(formatAge(time, timeMs + ageSeconds * 1_000)).toBe(expected);
});

test("dates and times are those of the zone", () => {
  expect(formatDate("2026-11-23T23:30:00Z", "Asia/Tokyo")).toBe("24 Nov 2026");
  expect(formatExactTime(time, "Europe/Berlin")).toBe("23 Nov 2026, 13:00:00 CET");
  expect(formatClockTime(timeMs, "America/New_York")).toBe("07:00:00");
});
