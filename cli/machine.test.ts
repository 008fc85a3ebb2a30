import { expect, test } from "vitest";
import { branchOf } from "./machine.ts";

test("CI says the branch of a commit that is on none", async () => {
  const detached = async () => "HEAD";

  expect(await branchOf({ GITHUB_REF_NAME: "main" }, detached)).toBe("main");
  expect(await branchOf({ GITHUB_HEAD_REF: "fix", GITHUB_REF_NAME: "7/merge" }, detached)).toBe(
    "fix",
  );
  expect(await branchOf({ CI_COMMIT_REF_NAME: "release" }, detached)).toBe("release");
  expect(await branchOf({ GITHUB_HEAD_REF: "" }, detached)).toBeNull();
});

test("elsewhere git says it, and nobody where there is no checkout", async () => {
  expect(await branchOf({}, async () => "feature")).toBe("feature");
  expect(await branchOf({}, async () => null)).toBeNull();
});
