import type { Mutant } from "../mutant.ts";

/** The command line beats the configuration file, which goes on saying the right thing. */
export const fsyncOffOnCommandLine: Mutant = {
  id: "fsync-off-on-command-line",
  title: "a flag from a benchmark turns fsync off, past the configuration file",
  area: "postgres",
  claim: "durability/commit-sync",
  objective: "SC-4.commit-sync",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: 'command: ["-c", "config_file=/etc/postgresql/postgresql.conf"]',
        replace:
          'command: ["-c", "config_file=/etc/postgresql/postgresql.conf", "-c", "fsync=off"]',
      },
    ],
  },
};
