/** What one way costs beside another: interleaved in one load, as ratios with intervals. */

import type { Operation } from "../../reports/records.ts";
import { ratioOf } from "../../reports/ratio.ts";
import type { Ratio, RatioOptions, TimedValue } from "../../reports/ratio.ts";
import { doubtAboutGenerator } from "../../reports/assumptions.ts";
import { gatewayTarget } from "../../fixtures/gateway.ts";
import type { PlainTarget, Target } from "../../fixtures/traffic/exchange.ts";
import { Generator } from "../../fixtures/traffic/generator.ts";
import type { GeneratedLoad } from "../../fixtures/traffic/generator.ts";
import type { Route } from "../../fixtures/traffic/messages.ts";
import type { ProductionStack } from "../../stack/production-stack.ts";
import { Tunnel } from "../../stack/tunnel.ts";

export interface NamedRatio {
  readonly name: string;
  /** `null` where too little was seen. */
  readonly ratio: Ratio | null;
}

export interface Ratios {
  readonly ratios: readonly NamedRatio[];
  /** Share of one processor that the generator took for each request per second, in µs. */
  readonly processorUsPerRequest: number;
  readonly doubt: string | null;
  readonly failures: number;
}

const timeoutMs = 10_000;
const openRequestsMax = 512;
const interleaved = { ratePerSecond: 150, durationMs: 20_000 };
const static_ = { ratePerSecond: 60, durationMs: 6_000 };
const rounds = 3;

/** Ways into the app network that all lead through one forwarder, so that it costs all the same. */
interface Ways {
  readonly gateway: Target;
  readonly plainGateway: PlainTarget;
  readonly replica: PlainTarget;
}

async function waysThrough(tunnel: Tunnel, gateway: Target): Promise<Ways> {
  const [secure = 0, plain = 0, replica = 0] = tunnel.ports;
  const plainTo = (port: number): PlainTarget => ({
    host: tunnel.host,
    port,
    serverName: gateway.serverName,
    authority: null,
  });
  return {
    gateway: { ...gateway, port: secure },
    plainGateway: plainTo(plain),
    replica: plainTo(replica),
  };
}

/** The sent moment and not the intended one: both sides share one schedule and its lateness. */
function serviceTimes(operations: readonly Operation[], label: string): readonly TimedValue[] {
  return operations.flatMap((operation) => {
    const { sentAtMs, endedAtMs, intendedAtMs, reusedSocket, outcome } = operation;
    if (operation.label !== label || outcome !== "ok" || sentAtMs === null || !reusedSocket) {
      return [];
    }
    return [{ atMs: intendedAtMs, value: endedAtMs - sentAtMs }];
  });
}

async function loaded(
  target: Target,
  mix: Readonly<Record<string, number>>,
  { ratePerSecond, durationMs }: typeof interleaved,
  routes: Readonly<Record<string, Route>> = {},
): Promise<GeneratedLoad> {
  const arrival = {
    kind: "open",
    plan: { ratePerSecond, durationMs, mix, timeoutMs, openRequestsMax },
  } as const;
  const keyPrefix = `bench-${crypto.randomUUID()}`;
  await using generator = new Generator({ arrival, target, routes, keyPrefix });
  await generator.start();
  return await generator.result();
}

const names = {
  gateway: "list missions",
  direct: "list missions, direct",
  file: "static asset",
  secure: "gateway's own answer",
  plain: "plain redirect",
} as const;

async function oneLoad(ways: Ways): Promise<Ratios> {
  const mix = Object.fromEntries(Object.values(names).map((name) => [name, 0.2]));
  const routes = {
    [names.direct]: { as: names.gateway, target: ways.replica },
    [names.plain]: { target: ways.plainGateway },
  };
  const load = await loaded(ways.gateway, mix, interleaved, routes);
  const between = (name: string, above: string, below: string): NamedRatio => ({
    name,
    ratio: ratioOf(serviceTimes(load.operations, above), serviceTimes(load.operations, below)),
  });
  const { processorShare } = load.health;
  return {
    ratios: [
      between("API through the gateway / direct to a replica", names.gateway, names.direct),
      between("static file / the gateway's own answer", names.file, names.secure),
      between("API / the gateway's own answer", names.gateway, names.secure),
      between("TLS / plain, the gateway's own answers", names.secure, names.plain),
    ],
    processorUsPerRequest: (processorShare * load.durationMs * 1_000) / load.operations.length,
    doubt: doubtAboutGenerator(load.health),
    failures: load.operations.filter(({ outcome }) => outcome !== "ok").length,
  };
}

/** Idle and loaded in turns, because the two cannot share one moment. */
async function underLoad(gateway: Target): Promise<readonly NamedRatio[]> {
  const idle: TimedValue[] = [];
  const busy: TimedValue[] = [];
  const api = { "list missions": 0.25, "read mission": 0.3, "create mission": 0.15 };
  for (let round = 0; round < rounds; round += 1) {
    const beginMs = round * static_.durationMs;
    const shifted = (operations: readonly Operation[]) =>
      serviceTimes(operations, names.file).map(({ atMs, value }) => ({
        atMs: atMs + beginMs,
        value,
      }));
    idle.push(...shifted((await loaded(gateway, { [names.file]: 1 }, static_)).operations));
    const more = { ...static_, ratePerSecond: static_.ratePerSecond / 0.3 };
    busy.push(...shifted((await loaded(gateway, { [names.file]: 0.3, ...api }, more)).operations));
  }
  const at = (options: Partial<RatioOptions>) => ratioOf(busy, idle, options);
  return [
    { name: "static file with 140 API requests per second / idle, median", ratio: at({}) },
    {
      name: "static file with 140 API requests per second / idle, 99th percentile",
      ratio: at({ quantile: 0.99 }),
    },
  ];
}

/** All ratios of a stack that is up and that nobody else loads meanwhile. */
export async function ratiosOf(stack: ProductionStack): Promise<Ratios> {
  const gateway = await gatewayTarget(stack);
  const replica = (await stack.control.list("server")).find(({ running }) => running);
  const [container] = await stack.control.list("gateway");
  const gatewayAddress = container?.addresses["app"] ?? "gateway";
  await using tunnel = await Tunnel.open(stack, "app", [
    { host: gatewayAddress, port: 8443 },
    { host: gatewayAddress, port: 8080 },
    { host: replica?.addresses["app"] ?? "server", port: 3000 },
  ]);
  const seen = await oneLoad(await waysThrough(tunnel, gateway));
  return { ...seen, ratios: [...seen.ratios, ...(await underLoad(gateway))] };
}
