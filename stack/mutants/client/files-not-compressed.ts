import type { Mutant } from "../mutant.ts";

export const filesNotCompressed: Mutant = {
  id: "files-not-compressed",
  title: "the compressed copies of files are there, and nobody sends them",
  area: "client",
  claim: "static/transfer",
  objective: "P1.transfer",
  overlay: {
    edits: [{ file: "client/nginx.conf", find: "gzip_static on;", replace: "gzip_static off;" }],
  },
};
