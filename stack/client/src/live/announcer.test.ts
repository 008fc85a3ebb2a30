import { expect, test } from "vitest";
import { Announcer } from "./announcer.ts";

test("the same message twice is announced twice", () => {
  const announcer = new Announcer();
  const heard: string[] = [];
  announcer.message.subscribe(() => heard.push(announcer.message.get().trim()));

  announcer.announce("Saved.");
  announcer.announce("Saved.");
  announcer.announce("Saved.");

  expect(heard).toEqual(["Saved.", "Saved.", "Saved."]);
});
