import type { Mutant } from "../mutant.ts";

export const gatewayStaysDown: Mutant = {
  id: "gateway-stays-down",
  title: "a gateway that has crashed is not started again",
  area: "orchestration",
  claim: "resilience/gateway-crash",
  objective: "RES.gateway-crash.recovery",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "    image: hyper-mission/gateway:${BUILD_ID:-dev}\n",
        replace: '    image: hyper-mission/gateway:${BUILD_ID:-dev}\n    restart: "no"\n',
      },
    ],
  },
};
