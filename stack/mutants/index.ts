/** The catalogue: every mutant that the suite must catch. */

import { connectTimeoutDefault } from "./gateway/connect-timeout-default.ts";
import { deadReplicaShunned } from "./gateway/dead-replica-shunned.ts";
import { gatewayRetriesOff } from "./gateway/gateway-retries-off.ts";
import { keyLeftInImage } from "./gateway/key-left-in-image.ts";
import { namesResolvedOnce } from "./gateway/names-resolved-once.ts";
import { noHttp2 } from "./gateway/no-http2.ts";
import { readTimeoutDefault } from "./gateway/read-timeout-default.ts";
import { reloadCutsConnections } from "./gateway/reload-cuts-connections.ts";
import { tlsAnyName } from "./gateway/tls-any-name.ts";
import { tlsEarlyData } from "./gateway/tls-early-data.ts";
import { tlsGroupTooMany } from "./gateway/tls-group-too-many.ts";
import { tlsOldVersions } from "./gateway/tls-old-versions.ts";
import { tlsOwnSuiteOrder } from "./gateway/tls-own-suite-order.ts";
import { tlsSessionTickets } from "./gateway/tls-session-tickets.ts";
import { tlsSessionsForgotten } from "./gateway/tls-sessions-forgotten.ts";
import { tlsSuitesByDefault } from "./gateway/tls-suites-by-default.ts";
import { tlsWithout13 } from "./gateway/tls-without-1-3.ts";
import { writesNotRetried } from "./gateway/writes-not-retried.ts";
import type { Mutant } from "./mutant.ts";
import { dataInMemory } from "./orchestration/data-in-memory.ts";
import { gatewayStaysDown } from "./orchestration/gateway-stays-down.ts";
import { replicasStayDown } from "./orchestration/replicas-stay-down.ts";
import { volumeOnWrongPath } from "./orchestration/volume-on-wrong-path.ts";
import { fsyncOffOnCommandLine } from "./postgres/fsync-off-on-command-line.ts";
import { fsyncOff } from "./postgres/fsync-off.ts";
import { fullPageWritesOff } from "./postgres/full-page-writes-off.ts";
import { synchronousCommitOffForRole } from "./postgres/synchronous-commit-off-for-role.ts";
import { synchronousCommitOff } from "./postgres/synchronous-commit-off.ts";
import { tablesUnlogged } from "./postgres/tables-unlogged.ts";
import { cacheNotInvalidated } from "./redis/cache-not-invalidated.ts";
import { cacheRefillRace } from "./redis/cache-refill-race.ts";
import { invalidationErrorsIgnored } from "./redis/invalidation-errors-ignored.ts";
import { redisRequired } from "./redis/redis-required.ts";
import { redisWithoutDeadline } from "./redis/redis-without-deadline.ts";
import { acknowledgedBeforeCommit } from "./server/acknowledged-before-commit.ts";
import { keysNotUnique } from "./server/keys-not-unique.ts";
import { outageNeverOver } from "./server/outage-never-over.ts";
import { poolErrorsUnheard } from "./server/pool-errors-unheard.ts";

export const mutants: readonly Mutant[] = [
  gatewayRetriesOff,
  writesNotRetried,
  connectTimeoutDefault,
  readTimeoutDefault,
  deadReplicaShunned,
  namesResolvedOnce,
  reloadCutsConnections,
  keysNotUnique,
  acknowledgedBeforeCommit,
  poolErrorsUnheard,
  outageNeverOver,
  synchronousCommitOff,
  synchronousCommitOffForRole,
  tablesUnlogged,
  fsyncOff,
  fsyncOffOnCommandLine,
  fullPageWritesOff,
  redisRequired,
  redisWithoutDeadline,
  cacheNotInvalidated,
  invalidationErrorsIgnored,
  cacheRefillRace,
  replicasStayDown,
  gatewayStaysDown,
  volumeOnWrongPath,
  dataInMemory,
  tlsOldVersions,
  tlsWithout13,
  tlsAnyName,
  tlsSessionTickets,
  tlsSuitesByDefault,
  tlsOwnSuiteOrder,
  tlsGroupTooMany,
  tlsEarlyData,
  tlsSessionsForgotten,
  noHttp2,
  keyLeftInImage,
];
