import { expect, test } from "vitest";
import { eventLabel } from "./event-label.ts";

test("known types have a name, others read as they were sent", () => {
  expect(eventLabel("state_changed")).toBe("State changed");
  expect(eventLabel("weather_report")).toBe("weather report");
});
