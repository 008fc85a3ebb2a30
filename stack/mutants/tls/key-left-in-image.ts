import type { Mutant } from "../mutant.ts";

export const keyLeftInImage: Mutant = {
  id: "key-left-in-image",
  title:
    "a private key was built into the gateway's image, where everybody has it who has the image",
  area: "tls",
  claim: "tls/certificate",
  objective: "VP-2.certificate",
  overlay: {
    edits: [
      {
        file: "gateway/Dockerfile",
        find: "COPY snippets /etc/nginx/snippets\n",
        replace:
          "COPY snippets /etc/nginx/snippets\n" +
          "RUN echo '-----BEGIN PRIVATE KEY-----' >/etc/nginx/snippets/before.key\n",
      },
    ],
  },
};
