import { observatoryScore } from "./observatory.ts";
import type { ObservatoryScore, ScannedSite } from "./observatory.ts";
import type { HeaderObservation } from "./records.ts";

const hostName = "hyper-mission.test";

/** What the scanner would look at, among the answers on record; `null` where a part is missing. */
function scannedSiteOf(answers: readonly HeaderObservation[]): ScannedSite | null {
  const ofClass = (wanted: string) => answers.find(({ answerClass }) => answerClass === wanted);
  const [page, redirect] = [ofClass("html"), ofClass("redirect")];
  const other = ofClass("api for another origin");
  if (page === undefined || page.body === null || redirect === undefined || other === undefined) {
    return null;
  }
  const location = redirect.headers.find(([name]) => name === "location")?.[1];
  return {
    hostName,
    headers: page.headers,
    page: page.body,
    route: [`http://${hostName}/`, ...(location === undefined ? [] : [location])],
    otherOrigin: other.headers,
  };
}

/** Scores by both algorithms; none where the answers do not hold all that the scanner looks at. */
export function observatoryOf(answers: readonly HeaderObservation[]): readonly ObservatoryScore[] {
  const site = scannedSiteOf(answers);
  return site === null ? [] : [observatoryScore(site, 6), observatoryScore(site, 5)];
}
