import { expect, test } from "vitest";
import type { ContainerState } from "./container-control.ts";
import { clearFirewall, ContainerFirewall, markOf, removalsOf, rulesOf } from "./firewall.ts";
import type { Blockade, FirewallSetting } from "./firewall.ts";
import { handMadeContainer } from "./hand-made-container.ts";
import { HostCommandError } from "./host-command.ts";

const id = "3f2a".repeat(16);
const blackHole: Blockade = { packets: "swallowed", port: 3_000, peer: "172.20.0.8" };

function container(change: Partial<ContainerState> = {}): ContainerState {
  return handMadeContainer({ id, processId: 4_711, ...change });
}

/** A namespace that behaves as `iptables` does, as far as these rules need it. */
class FakeNamespace {
  rules: string[] = [];
  readonly ran: string[] = [];
  readonly deaf: boolean;

  constructor(deaf = false) {
    this.deaf = deaf;
  }

  async run(program: string, args: readonly string[]): Promise<string> {
    this.ran.push([program, ...args].join(" "));
    if (program !== "nsenter" || this.deaf) return this.#listing();
    const [command, ...rule] = args.slice(args.indexOf("-w") + 2);
    const words = rule.join(" ").replace(/--comment (\S+)/, '--comment "$1"');
    if (command === "-I") this.rules.unshift(words);
    if (command === "-D") {
      const at = this.rules.indexOf(words);
      if (at === -1) throw new HostCommandError("iptables: Bad rule");
      this.rules.splice(at, 1);
    }
    return this.#listing();
  }

  #listing(): string {
    return ["-P INPUT ACCEPT", ...this.rules.map((rule) => `-A ${rule}`), ""].join("\n");
  }
}

function setting(
  namespace: FakeNamespace,
  containers: readonly ContainerState[] = [container()],
  cgroups = `4:memory:/docker/${id}\n`,
): FirewallSetting {
  return {
    control: { list: async () => [...containers] },
    runId: "run-1",
    openHost: async () => namespace,
    cgroupsOf: () => cgroups,
  };
}

test("a refusal answers one peer by resets, a black hole swallows both ways", () => {
  const [refusal, ...others] = rulesOf({ ...blackHole, packets: "refused" }, "mark");
  expect(others).toEqual([]);
  expect(refusal?.join(" ")).toBe(
    "INPUT -s 172.20.0.8/32 -p tcp --dport 3000 -m comment --comment mark -j REJECT --reject-with tcp-reset",
  );
  expect(rulesOf(blackHole, "mark").map((rule) => rule.join(" "))).toEqual([
    "INPUT -s 172.20.0.8/32 -p tcp --dport 3000 -m comment --comment mark -j DROP",
    "OUTPUT -d 172.20.0.8/32 -p tcp --sport 3000 -m comment --comment mark -j DROP",
  ]);
});

test("answers of a peer that stay unheard vanish on their way in alone", () => {
  const rules = rulesOf({ packets: "unheard", port: 5_432, peer: "172.20.0.9" }, "mark");
  expect(rules.map((rule) => rule.join(" "))).toEqual([
    "INPUT -s 172.20.0.9/32 -p tcp --sport 5432 -m comment --comment mark -j DROP",
  ]);
});

test("without a peer everybody is hurt but the container itself", () => {
  const rules = rulesOf({ ...blackHole, peer: null }, "mark").map((rule) => rule.join(" "));
  expect(rules[0]).toMatch(/^INPUT ! -i lo -p tcp --dport 3000 /);
  expect(rules[1]).toMatch(/^OUTPUT ! -o lo -p tcp --sport 3000 /);
});

test("only rules with the mark of the run are removed", () => {
  const listing = [
    "-P INPUT DROP",
    '-A INPUT -s 172.20.0.8/32 -p tcp -m comment --comment "hyper-mission:run-1" -j DROP',
    '-A INPUT -p tcp -m comment --comment "hyper-mission:run-10" -j DROP',
    "-A INPUT -p udp -j DROP",
  ].join("\n");
  expect(removalsOf(listing, markOf("run-1")).map((words) => words.join(" "))).toEqual([
    "-D INPUT -s 172.20.0.8/32 -p tcp -m comment --comment hyper-mission:run-1 -j DROP",
  ]);
});

test("what is blocked is cleared, twice without harm, and rules of others stay", async () => {
  const namespace = new FakeNamespace();
  namespace.rules.push("INPUT -p udp -j DROP");
  const firewall = await ContainerFirewall.open("try", setting(namespace), id);

  await firewall.rehearse("try", blackHole);
  expect(namespace.rules).toHaveLength(1);
  await firewall.block(blackHole);
  expect(namespace.rules).toHaveLength(3);
  expect(namespace.ran.at(-1)).toMatch(/^nsenter --target 4711 --net iptables -w 5 -I OUTPUT /);

  await clearFirewall(setting(namespace), id);
  await clearFirewall(setting(namespace), id);
  expect(namespace.rules).toEqual(["INPUT -p udp -j DROP"]);
});

test("a container that is stopped or gone has no rules left to clear", async () => {
  const namespace = new FakeNamespace();
  await clearFirewall(setting(namespace, [container({ running: false, processId: 0 })]), id);
  await clearFirewall(setting(namespace, []), id);
  expect(namespace.ran).toEqual([]);
});

test("a container that ends while its rules are cleared took them with it", async () => {
  const namespace = new FakeNamespace();
  const containers = [container()];
  namespace.run = async () => {
    containers.splice(0, 1, container({ running: false, processId: 0 }));
    throw new HostCommandError("nsenter: cannot open /proc/4711/ns/net");
  };
  await expect(clearFirewall(setting(namespace, containers), id)).resolves.toBeUndefined();
});

test("rules that cannot be removed are told, not passed over", async () => {
  const namespace = new FakeNamespace(true);
  namespace.rules.push('INPUT -p tcp -m comment --comment "hyper-mission:run-1" -j DROP');
  await expect(clearFirewall(setting(namespace), id)).rejects.toThrow(
    /hyper-mission:run-1: saw 1 left, allowed 0/,
  );
});

test("a process that belongs to somebody else is never entered", async () => {
  const namespace = new FakeNamespace();
  const foreign = setting(namespace, [container()], "0::/init.scope\n");
  const firewall = await ContainerFirewall.open("try", foreign, id);

  await expect(firewall.rehearse("try", blackHole)).rejects.toMatchObject({
    code: "FAULT_REFUSED",
    message: expect.stringMatching(/^try: refused.*process 4711.*init\.scope.*engine on this host/),
  });
  await expect(firewall.block(blackHole)).rejects.toThrow(/init\.scope/);
  expect(namespace.ran.filter((command) => command.startsWith("nsenter"))).toEqual([]);
});

test("a kernel without these rules is a refusal before any harm", async () => {
  const namespace = new FakeNamespace();
  namespace.run = async () => {
    throw new HostCommandError("iptables: No chain/target/match by that name");
  };
  const firewall = await ContainerFirewall.open("try", setting(namespace), id);
  await expect(firewall.rehearse("try", blackHole)).rejects.toMatchObject({
    code: "FAULT_REFUSED",
  });
});
