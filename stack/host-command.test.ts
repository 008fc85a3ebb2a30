import { expect, test } from "vitest";
import { executeOnHost, HostCommands, type Host } from "./host-command.ts";

function host(changes: Partial<Host>): Host & { ran: string[] } {
  const ran: string[] = [];
  const execute = async (program: string, args: readonly string[]) => {
    ran.push([program, ...args].join(" "));
    return "printed";
  };
  return { userId: 0, searchPath: ["/bin", "/usr/bin"], execute, ran, ...changes };
}

test("root runs a command as it is, another user through sudo", async () => {
  const root = host({});
  const user = host({ userId: 1000 });

  await (await HostCommands.open("try", ["sh"], root)).run("mount", ["a", "b"]);
  await (await HostCommands.open("try", ["sh"], user)).run("mount", ["a", "b"]);

  expect(root.ran).toEqual(["mount a b"]);
  expect(user.ran).toEqual(["sudo -n true", "sudo -n mount a b"]);
});

test("a user whom sudo asks for a password is refused, with what is needed", async () => {
  const asked = host({ userId: 1000, execute: () => Promise.reject(new Error("a password")) });

  await expect(HostCommands.open("lose power", ["sh"], asked)).rejects.toMatchObject({
    code: "FAULT_REFUSED",
    message: expect.stringMatching(/^lose power: .*user 1000 is not root.*needed is root, or sudo/),
  });
});

test("a program that is missing is refused by name before anything runs", async () => {
  const bare = host({});

  await expect(
    HostCommands.open("lose power", ["sh", "no-such-program"], bare),
  ).rejects.toMatchObject({
    code: "FAULT_REFUSED",
    message: expect.stringMatching(/has no no-such-program; needed is .*xfsprogs/),
  });
  expect(bare.ran).toEqual([]);
});

test("a command that fails says what it was and what it said", async () => {
  const real = await HostCommands.open("try", ["sh"], host({ execute: executeOnHost }));

  await expect(real.run("sh", ["-c", "echo full >&2; exit 3"])).rejects.toThrow(/^sh -c .*full/);
  await expect(real.run("sh", ["-c", "exec sleep 5"], 20)).rejects.toThrow(/allowed 20 ms/);
});
