import type { Mutant } from "../mutant.ts";

export const statementForEachRow: Mutant = {
  id: "statement-for-each-row",
  title: "a list is read row by row",
  area: "server",
  claim: "load/stores-used",
  objective: "SC-3.stores",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-repository.ts",
        find: "    return rows.map((row) => missionRowSchema.parse(row).mission);\n",
        replace:
          "    const found = rows.map((row) => missionRowSchema.parse(row).mission);\n" +
          "    const read = await Promise.all(found.map(({ id }) => this.read(id, deadline)));\n" +
          "    return read.filter((mission) => mission !== undefined);\n",
      },
    ],
  },
};
