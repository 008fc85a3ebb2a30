/** The catalogue: every mutant that the suite must catch. */

import { versionsComparedTooEarly } from "./server/versions-compared-too-early.ts";
import { answersKeptForASecond } from "./gateway/answers-kept-for-a-second.ts";
import { fewConnections } from "./gateway/few-connections.ts";
import { certificateCopiedAtStart } from "./gateway/certificate-copied-at-start.ts";
import { connectTimeoutDefault } from "./gateway/connect-timeout-default.ts";
import { deadReplicaShunned } from "./gateway/dead-replica-shunned.ts";
import { gatewayRetriesOff } from "./gateway/gateway-retries-off.ts";
import { keyLeftInImage } from "./tls/key-left-in-image.ts";
import { namesResolvedOnce } from "./gateway/names-resolved-once.ts";
import { noHttp2 } from "./tls/no-http2.ts";
import { readTimeoutDefault } from "./gateway/read-timeout-default.ts";
import { reloadCutsConnections } from "./gateway/reload-cuts-connections.ts";
import { tlsAnyName } from "./tls/tls-any-name.ts";
import { tlsEarlyData } from "./tls/tls-early-data.ts";
import { tlsGroupTooMany } from "./tls/tls-group-too-many.ts";
import { tlsOldVersions } from "./tls/tls-old-versions.ts";
import { tlsOwnSuiteOrder } from "./tls/tls-own-suite-order.ts";
import { tlsSessionTickets } from "./tls/tls-session-tickets.ts";
import { tlsSessionsForgotten } from "./tls/tls-sessions-forgotten.ts";
import { tlsSuitesByDefault } from "./tls/tls-suites-by-default.ts";
import { tlsWithout13 } from "./tls/tls-without-1-3.ts";
import { writesNotRetried } from "./gateway/writes-not-retried.ts";
import { certificateExpired } from "./tls/certificate-expired.ts";
import { certificateEndsSoon } from "./tls/certificate-ends-soon.ts";
import { certificateNotYetValid } from "./tls/certificate-not-yet-valid.ts";
import { certificateForAnotherHost } from "./tls/certificate-for-another-host.ts";
import { certificateNameTooMany } from "./tls/certificate-name-too-many.ts";
import { lockLostByName } from "./tls/lock-lost-by-name.ts";
import { tlsCbcSuite } from "./tls/tls-cbc-suite.ts";
import { headersLostInApi } from "./headers/headers-lost-in-api.ts";
import { headersOnlyOnSuccess } from "./headers/headers-only-on-success.ts";
import { cachingToldTwice } from "./headers/caching-told-twice.ts";
import { versionsTold } from "./headers/versions-told.ts";
import { referrerTold } from "./headers/referrer-told.ts";
import { scriptsEvaluated } from "./headers/scripts-evaluated.ts";
import { inlineScriptsRun } from "./headers/inline-scripts-run.ts";
import { policyOnlyReported } from "./headers/policy-only-reported.ts";
import { pagesFramed } from "./headers/pages-framed.ts";
import { anyOriginReads } from "./headers/any-origin-reads.ts";
import { metricsPublished } from "./headers/metrics-published.ts";
import { httpsBoundForADay } from "./headers/https-bound-for-a-day.ts";
import { httpsBoundWithoutTls } from "./headers/https-bound-without-tls.ts";
import { redirectBy301 } from "./tls/redirect-by-301.ts";
import { redirectForgetsPath } from "./tls/redirect-forgets-path.ts";
import { redirectToAnyHost } from "./tls/redirect-to-any-host.ts";
import { servedWithoutTls } from "./tls/served-without-tls.ts";
import { headersLostInErrors } from "./headers/headers-lost-in-errors.ts";
import { balancedByAddress } from "./gateway/balanced-by-address.ts";
import { stickyByCookie } from "./gateway/sticky-by-cookie.ts";
import { upstreamConnectionsClosed } from "./gateway/upstream-connections-closed.ts";
import { waitingWithoutEnd } from "./gateway/waiting-without-end.ts";
import { listsNotCompressed } from "./gateway/lists-not-compressed.ts";
import { filesNotCompressed } from "./client/files-not-compressed.ts";
import { cachingNotTold } from "./client/caching-not-told.ts";
import { replicaMissing } from "./orchestration/replica-missing.ts";
import { singleConnection } from "./server/single-connection.ts";
import { answersRemembered } from "./server/answers-remembered.ts";
import { hashBlocksLoop } from "./server/hash-blocks-loop.ts";
import { statementForEachRow } from "./server/statement-for-each-row.ts";
import { indexMissing } from "./postgres/index-missing.ts";
import { cacheNeverAsked } from "./redis/cache-never-asked.ts";
import { replicasScrapedByOneName } from "./observability/replicas-scraped-by-one-name.ts";
import { replicasOfAnotherShard } from "./observability/replicas-of-another-shard.ts";
import { scrapedThroughGateway } from "./observability/scraped-through-gateway.ts";
import { addressesNotedOnce } from "./observability/addresses-noted-once.ts";
import { alertMetricMisspelt } from "./observability/alert-metric-misspelt.ts";
import { panelLabelWrong } from "./observability/panel-label-wrong.ts";
import { alertmanagerUnreachable } from "./observability/alertmanager-unreachable.ts";
import { alertsGatheredForMinutes } from "./observability/alerts-gathered-for-minutes.ts";
import { grafanaDefaultPassword } from "./observability/grafana-default-password.ts";
import { prometheusOnAllAddresses } from "./observability/prometheus-on-all-addresses.ts";
import { listsCounted } from "./server/lists-counted.ts";
import { poolBeyondItsPart } from "./server/pool-beyond-its-part.ts";
import { requestsCountedTwice } from "./server/requests-counted-twice.ts";
import { versionsNotCompared } from "./server/versions-not-compared.ts";
import { pagesLeaveOneOut } from "./server/pages-leave-one-out.ts";
import { keysOfChangesForgotten } from "./server/keys-of-changes-forgotten.ts";
import { keysWithoutContent } from "./server/keys-without-content.ts";
import { endedMissionsRestarted } from "./server/ended-missions-restarted.ts";
import { bodiesTooSmall } from "./gateway/bodies-too-small.ts";
import { checksumsOff } from "./postgres/checksums-off.ts";
import { damagedPagesEmptied } from "./postgres/damaged-pages-emptied.ts";
import { eventsNotIndexed } from "./postgres/events-not-indexed.ts";
import { copyNotCompared } from "./migration/copy-not-compared.ts";
import { restoreErrorsSwallowed } from "./migration/restore-errors-swallowed.ts";
import { keysLeftBehind } from "./migration/keys-left-behind.ts";
import { restoredInPlace } from "./migration/restored-in-place.ts";
import type { Mutant } from "./mutant.ts";
import { dataInMemory } from "./orchestration/data-in-memory.ts";
import { gatewayStaysDown } from "./orchestration/gateway-stays-down.ts";
import { replicasStayDown } from "./orchestration/replicas-stay-down.ts";
import { stopSignalUnheard } from "./orchestration/stop-signal-unheard.ts";
import { volumeOnWrongPath } from "./orchestration/volume-on-wrong-path.ts";
import { volumeWithoutName } from "./orchestration/volume-without-name.ts";
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
import { eventsAppendedTwice } from "./server/events-appended-twice.ts";
import { plannedMissionsAborted } from "./server/planned-missions-aborted.ts";
import { descriptionsNeverEmptied } from "./server/descriptions-never-emptied.ts";
import { filterLostWithCursor } from "./server/filter-lost-with-cursor.ts";
import { answersOfApiCompressed } from "./gateway/answers-of-api-compressed.ts";
import { keysMintedByTrace } from "./gateway/keys-minted-by-trace.ts";
import { bodiesOfAnySize } from "./gateway/bodies-of-any-size.ts";
import { healthCheckAlwaysWell } from "./gateway/health-check-always-well.ts";
import { deadReplicaAskedOn } from "./gateway/dead-replica-asked-on.ts";
import { connectionsOfClientsClosed } from "./gateway/connections-of-clients-closed.ts";
import { iconOfWrongType } from "./client/icon-of-wrong-type.ts";
import { passwordsNotAsked } from "./postgres/passwords-not-asked.ts";
import { entriesNeverExpire } from "./redis/entries-never-expire.ts";
import { fullCacheRefuses } from "./redis/full-cache-refuses.ts";
import { postgresAlertLate } from "./observability/postgres-alert-late.ts";
import { metricsKeptForHours } from "./observability/metrics-kept-for-hours.ts";
import { gatewayStoppedAtOnce } from "./orchestration/gateway-stopped-at-once.ts";
import { metricsVolumeWithoutName } from "./orchestration/metrics-volume-without-name.ts";
import { redisGivenUp } from "./redis/redis-given-up.ts";
import { stoppedWithoutAnswering } from "./server/stopped-without-answering.ts";
import { dryRunMigrates } from "./migration/dry-run-migrates.ts";
import { dumpLeftBehind } from "./migration/dump-left-behind.ts";
import { roleMayEverything } from "./postgres/role-may-everything.ts";
import { warningsForNobody } from "./observability/warnings-for-nobody.ts";
import { aliveWithDatabaseOnly } from "./server/alive-with-database-only.ts";
import { readyWithoutAsking } from "./server/ready-without-asking.ts";
import { keyForEachAttempt } from "./client/key-for-each-attempt.ts";
import { editsOfTheNewestVersion } from "./client/edits-of-the-newest-version.ts";
import { pageAsksOnce } from "./client/page-asks-once.ts";
import { lastStepUnconfirmed } from "./client/last-step-unconfirmed.ts";
import { lostRacesForced } from "./client/lost-races-forced.ts";

export const mutants: readonly Mutant[] = [
  gatewayRetriesOff,
  writesNotRetried,
  connectTimeoutDefault,
  readTimeoutDefault,
  deadReplicaShunned,
  namesResolvedOnce,
  reloadCutsConnections,
  certificateCopiedAtStart,
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
  volumeWithoutName,
  stopSignalUnheard,
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
  certificateExpired,
  certificateEndsSoon,
  certificateNotYetValid,
  certificateForAnotherHost,
  certificateNameTooMany,
  lockLostByName,
  tlsCbcSuite,
  headersLostInApi,
  headersOnlyOnSuccess,
  cachingToldTwice,
  versionsTold,
  referrerTold,
  scriptsEvaluated,
  inlineScriptsRun,
  policyOnlyReported,
  pagesFramed,
  anyOriginReads,
  metricsPublished,
  httpsBoundForADay,
  httpsBoundWithoutTls,
  redirectBy301,
  redirectForgetsPath,
  redirectToAnyHost,
  servedWithoutTls,
  headersLostInErrors,
  balancedByAddress,
  stickyByCookie,
  upstreamConnectionsClosed,
  waitingWithoutEnd,
  listsNotCompressed,
  filesNotCompressed,
  cachingNotTold,
  replicaMissing,
  singleConnection,
  statementForEachRow,
  answersRemembered,
  hashBlocksLoop,
  indexMissing,
  cacheNeverAsked,
  replicasScrapedByOneName,
  replicasOfAnotherShard,
  scrapedThroughGateway,
  addressesNotedOnce,
  alertMetricMisspelt,
  panelLabelWrong,
  alertmanagerUnreachable,
  alertsGatheredForMinutes,
  grafanaDefaultPassword,
  prometheusOnAllAddresses,
  listsCounted,
  poolBeyondItsPart,
  requestsCountedTwice,
  versionsNotCompared,
  pagesLeaveOneOut,
  keysOfChangesForgotten,
  keysWithoutContent,
  endedMissionsRestarted,
  bodiesTooSmall,
  checksumsOff,
  damagedPagesEmptied,
  eventsNotIndexed,
  copyNotCompared,
  restoreErrorsSwallowed,
  keysLeftBehind,
  restoredInPlace,
  versionsComparedTooEarly,
  answersKeptForASecond,
  fewConnections,
  eventsAppendedTwice,
  plannedMissionsAborted,
  descriptionsNeverEmptied,
  filterLostWithCursor,
  answersOfApiCompressed,
  keysMintedByTrace,
  bodiesOfAnySize,
  healthCheckAlwaysWell,
  deadReplicaAskedOn,
  connectionsOfClientsClosed,
  iconOfWrongType,
  passwordsNotAsked,
  entriesNeverExpire,
  fullCacheRefuses,
  postgresAlertLate,
  metricsKeptForHours,
  gatewayStoppedAtOnce,
  metricsVolumeWithoutName,
  redisGivenUp,
  stoppedWithoutAnswering,
  dryRunMigrates,
  dumpLeftBehind,
  roleMayEverything,
  warningsForNobody,
  keyForEachAttempt,
  readyWithoutAsking,
  aliveWithDatabaseOnly,
  editsOfTheNewestVersion,
  pageAsksOnce,
  lastStepUnconfirmed,
  lostRacesForced,
];
