import { expect, test } from "vitest";
import { factsPage, factsTable } from "./facts-table.ts";
import type { Subject } from "./records.ts";
import { slo } from "./slo.ts";

const [group = "", expected] = Object.entries(slo.tlsCertificate.groups)[0] ?? [];
const fact = Object.keys(expected?.facts ?? {})[0] ?? "";

function subject(facts: Record<string, string>): Subject {
  return { name: "the leaf <1>", group, facts };
}

test("what is wrong and what was not read stand out, and are counted", () => {
  const table = factsTable({ subjects: [subject({ [fact]: "?!" })] }, [slo.tlsCertificate.id]);

  expect(table?.text).toContain("not as promised");
  expect(table?.text).toContain('class="wrong"');
  expect(table?.text).toContain("not read");
  expect(table?.text).toContain("the leaf &lt;1&gt;");
});

test("what is as promised says so", () => {
  const limits = slo.clientImage.id;
  const seen = { subjects: [{ name: "it", group: "image", facts: { bytes: "16" } }] };

  expect(factsTable(seen, [limits])?.text).toContain('class="good"');
});

test("an objective that is not about facts has no table and no page", () => {
  expect(factsTable({ subjects: [] }, [slo.balance.id])).toBeNull();
  expect(factsPage("nothing", { subjects: [] }, [slo.balance.id])).toBeNull();
});

test("on a page of its own everything is unfolded", () => {
  const page = factsPage("The certificate", { subjects: [subject({})] }, [slo.tlsCertificate.id]);

  expect(page).toContain("<title>The certificate</title>");
  expect(page).toContain("<details open>");
});
