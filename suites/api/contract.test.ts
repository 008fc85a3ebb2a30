/**
 * Claim: the API does what it promises to those who program against it.
 * Method: writes with keys and versions, ten at once; reads after them; lives; pages; texts; refusals.
 * Oracle: facts: what was answered to each, in the words of the contract.
 */
import { facts, on, slo, test } from "../../fixtures/index.ts";

test("the API does what it promises", async ({ probes, judge }) => {
  const seen = await probes.contract();

  judge(on(facts, seen, slo.apiContract));
});
