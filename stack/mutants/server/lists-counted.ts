import type { Mutant } from "../mutant.ts";

export const listsCounted: Mutant = {
  id: "lists-counted",
  title: "each list counts all missions first, for a total that nobody is shown",
  area: "server",
  claim: "load/stores-used",
  objective: "SC-3.stores",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-repository.ts",
        find: '    const rows = await this.#database.run(\n      "missions.list",\n',
        replace: `    await this.#database.run(
      "missions.count",
      { text: "SELECT count(*) FROM missions", values: [] },
      { deadline, repeatable: true, writes: false },
    );
    const rows = await this.#database.run(
      "missions.list",
`,
      },
    ],
  },
};
