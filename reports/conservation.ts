import { formatCount } from "./format.ts";
import type { GatewayLine, History, Operation } from "./records.ts";

/**
 * Why a record of a load does not add up; `null` where it does (conservation of requests).
 *
 * Every scheduled slot stands in it exactly once, as ok, failed by its class, or dropped; every
 * answer stands in the gateway's log exactly once, with the same status; and the gateway's log names
 * nothing that was not sent, and for each replica as many answers as the replica itself signed.
 * Where two observers disagree, neither can be believed.
 */
export function doubtAboutConservation({
  operations,
  generator,
  gatewayLines,
}: History): string | null {
  return (
    doubtAboutSchedule(operations, generator.scheduledCount) ??
    doubtAboutClasses(operations) ??
    (gatewayLines === null ? null : doubtAboutGateway(operations, gatewayLines))
  );
}

function doubtAboutSchedule(operations: readonly Operation[], scheduled: number): string | null {
  if (operations.length !== scheduled) {
    return (
      `${formatCount(scheduled)} requests were scheduled and ` +
      `${formatCount(operations.length)} recorded`
    );
  }
  const seen = new Set(operations.map(({ sequence }) => sequence));
  for (let sequence = 0; sequence < operations.length; sequence += 1) {
    if (!seen.has(sequence)) return `slot ${sequence} of the schedule is not on record`;
  }
  return null;
}

function doubtAboutClasses(operations: readonly Operation[]): string | null {
  const odd = operations.find(
    ({ outcome, failureClass }) => (outcome === "ok") !== (failureClass === null),
  );
  if (odd === undefined) return null;
  return `${odd.requestId} is on record as ${odd.outcome} with the class ${odd.failureClass ?? "none"}`;
}

function doubtAboutGateway(
  operations: readonly Operation[],
  lines: readonly GatewayLine[],
): string | null {
  const linesOf = new Map<string, GatewayLine[]>();
  for (const line of lines) {
    const own = linesOf.get(line.requestId) ?? [];
    own.push(line);
    linesOf.set(line.requestId, own);
  }
  const answered = operations.filter(({ status }) => status !== null);
  const wrong = answered.filter(({ requestId }) => linesOf.get(requestId)?.length !== 1);
  if (wrong.length > 0) {
    return (
      `${formatCount(wrong.length)} of ${formatCount(answered.length)} answered requests do not ` +
      `stand in the gateway's log exactly once, the first is ${wrong[0]?.requestId}`
    );
  }
  const other = answered.find(
    ({ requestId, status }) => linesOf.get(requestId)?.[0]?.status !== status,
  );
  if (other !== undefined) {
    const logged = linesOf.get(other.requestId)?.[0]?.status;
    return `${other.requestId} was answered with ${other.status} and logged with ${logged}`;
  }
  const sent = new Set(
    operations.filter(({ outcome }) => outcome !== "dropped").map(({ requestId }) => requestId),
  );
  const foreign = lines.find(({ requestId }) => !sent.has(requestId));
  if (foreign !== undefined) return `the gateway logged ${foreign.requestId}, which was never sent`;
  return doubtAboutReplicas(answered, linesOf);
}

/** Each replica has one address: as many answers by its name as by that address. */
function doubtAboutReplicas(
  answered: readonly Operation[],
  linesOf: ReadonlyMap<string, readonly GatewayLine[]>,
): string | null {
  const addressOf = new Map<string, string>();
  const replicaOf = new Map<string, string>();
  for (const { requestId, replica } of answered) {
    const address = linesOf.get(requestId)?.[0]?.upstreamAddresses.at(-1);
    if (replica === null || address === undefined) continue;
    const [knownAddress, knownReplica] = [addressOf.get(replica), replicaOf.get(address)];
    if ((knownAddress ?? address) !== address || (knownReplica ?? replica) !== replica) {
      return (
        `${requestId} was signed by ${replica} and came from ${address}, ` +
        `others by ${knownReplica ?? replica} from ${knownAddress ?? address}`
      );
    }
    addressOf.set(replica, address);
    replicaOf.set(address, replica);
  }
  return null;
}
