/**
 * Claim: what a person does in the browser happens once, as it was entered, and is told.
 * Method: everything that the client offers, in Chromium, each deed with a mission of its own: sent
 *   twice, with its answer lost, against somebody else, thought over; then the API is asked.
 * Oracle: facts: what the page told, and what is stored; an answer that was not lost is a wrong fact.
 */
import { facts, on, slo, test } from "../../fixtures/browser.ts";

test("what a person does in the browser happens once, as it was entered, and is told", async ({
  forms,
  judge,
}) => {
  const seen = await forms();

  judge(on(facts, seen, slo.clientForms));
});
