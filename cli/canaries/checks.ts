/** All checks by name: each is green on the sound suite, and says what is wrong with any other. */

import { doubtChecks } from "./doubt-checks.ts";
import { faultChecks } from "./fault-checks.ts";
import { loadChecks } from "./load-checks.ts";
import { monitoringChecks } from "./monitoring-checks.ts";
import { oracleChecks } from "./oracle-checks.ts";
import { trafficChecks } from "./traffic-checks.ts";
import { verdictChecks } from "./verdict-checks.ts";

export const checks = {
  ...oracleChecks,
  ...loadChecks,
  ...monitoringChecks,
  ...doubtChecks,
  ...trafficChecks,
  ...faultChecks,
  ...verdictChecks,
} as const;

export type CheckName = keyof typeof checks;
