import { verdictsOf } from "../assumptions.ts";
import { firstAndMore, formatNumberOf } from "../format.ts";
import { atMost } from "../measure.ts";
import type { HandshakeObservation, TransportObservation } from "../records.ts";
import type { HandshakeObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "handshake";

interface Flaw {
  readonly probe: string;
  readonly what: string;
}

/**
 * Judges which versions of TLS were accepted, refused in the right way (by alert, RFC 8446 §6.2)
 * and with what: negotiated version, suite, and a certificate that verifies.
 *
 * Every version of the objective must have been offered by at least one probe that got an answer;
 * otherwise the objective is unknown.
 */
export const handshake: Oracle<TransportObservation, HandshakeObjective> = {
  name,
  judge({ handshakes }, objective) {
    const verdict = verdictsOf(name, objective);
    const flaws = handshakes.flatMap((seen) => flawsIn(seen, objective));
    const finding = {
      evidence: evidenceOf(handshakes, flaws, objective),
      measurements: [
        {
          name: "handshakes against the objective",
          value: flaws.length,
          unit: "",
          sampleSize: handshakes.length,
          limit: atMost(0),
        },
      ],
      witnesses: flaws.map(({ probe }) => probe),
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const doubt = doubtAbout(handshakes, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function flawsIn(seen: HandshakeObservation, objective: HandshakeObjective): readonly Flaw[] {
  const { versionsAccepted, versionsRefused } = objective;
  const flaws = (...whats: readonly (string | false)[]) =>
    whats.flatMap((what) => (what === false ? [] : [{ probe: seen.probe, what }]));
  if (seen.answer === "accepted") return flaws(...flawsOfAccepted(seen, objective));
  if (seen.answer !== "alert" && seen.answer !== "closed") return [];
  if (versionsAccepted.includes(seen.offered)) {
    return flaws(`${seen.offered} was refused (${describeRefusal(seen)})`);
  }
  if (!versionsRefused.includes(seen.offered)) return [];
  return flaws(
    seen.alert !== objective.refusalAlert &&
      `${seen.offered} was refused by ${describeRefusal(seen)} instead of alert ` +
        `${objective.refusalAlert}`,
  );
}

function flawsOfAccepted(
  seen: HandshakeObservation,
  { versionsAccepted, suitesTls12 }: HandshakeObjective,
): readonly (string | false)[] {
  const version = seen.negotiatedVersion ?? seen.offered;
  const suite = seen.negotiatedSuite;
  return [
    !versionsAccepted.includes(version) && `${version} was accepted`,
    versionsAccepted.includes(seen.offered) &&
      version !== seen.offered &&
      `${seen.offered} was offered and ${version} negotiated`,
    version === "TLSv1.2" &&
      suite !== null &&
      !suitesTls12.includes(suite) &&
      `${version} was accepted with ${suite}`,
    seen.authorized === false && `the certificate did not verify (${seen.detail})`,
  ];
}

function describeRefusal({ answer, alert }: HandshakeObservation): string {
  return answer === "alert" ? `alert ${alert ?? "without number"}` : "a closed connection";
}

function doubtAbout(
  handshakes: readonly HandshakeObservation[],
  objective: HandshakeObjective,
): string | null {
  if (handshakes.length === 0) return "no handshake is on record";
  for (const version of [...objective.versionsAccepted, ...objective.versionsRefused]) {
    const offered = handshakes.filter((seen) => seen.offered === version);
    if (offered.length === 0) return `${version} was never offered`;
    const mute = offered.find(({ answer }) => answer === "timeout" || answer === "unparsable");
    if (mute !== undefined)
      return `${mute.probe}: no clear answer (${mute.answer}, ${mute.detail})`;
  }
  for (const version of objective.versionsAccepted) {
    const offered = handshakes.filter((seen) => seen.offered === version);
    if (!offered.some(({ authorized }) => authorized === true)) {
      return `nobody verified the certificate over ${version}`;
    }
    const vague = offered.find(
      ({ negotiatedVersion, negotiatedSuite }) =>
        negotiatedVersion === null || (version === "TLSv1.2" && negotiatedSuite === null),
    );
    if (vague !== undefined) return `${vague.probe} does not say what was negotiated`;
  }
  return null;
}

function evidenceOf(
  handshakes: readonly HandshakeObservation[],
  flaws: readonly Flaw[],
  objective: HandshakeObjective,
): string {
  if (flaws.length > 0) {
    return (
      `${firstAndMore(flaws.map(({ what, probe }) => `${what} by the probe "${probe}"`))}; ` +
      `${formatNumberOf(handshakes.length, "handshake")} tried, allowed: ${objective.limit}`
    );
  }
  const suites = new Set(handshakes.flatMap(({ negotiatedSuite }) => negotiatedSuite ?? []));
  return (
    `${formatNumberOf(handshakes.length, "handshake")} tried: ` +
    `${objective.versionsAccepted.join(" and ")} accepted and verified ` +
    `(${[...suites].join(", ")}), ${objective.versionsRefused.join(" and ")} refused by alert ` +
    `${objective.refusalAlert}`
  );
}
