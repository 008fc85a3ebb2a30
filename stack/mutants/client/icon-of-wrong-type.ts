import type { Mutant } from "../mutant.ts";

export const iconOfWrongType: Mutant = {
  id: "icon-of-wrong-type",
  title: "the icon is sent as bytes of no type, which no browser shows",
  area: "client",
  claim: "static/cdn",
  objective: "CDN.static",
  overlay: {
    edits: [
      {
        file: "client/nginx.conf",
        find: "        image/svg+xml svg;\n",
        replace: "",
      },
    ],
  },
};
