/** The process of a generator that is to be stopped: an order comes in, its load goes out. */

import { Generator } from "../../fixtures/traffic/generator.ts";
import type { LoadOrder } from "../../fixtures/traffic/generator.ts";
import type { StarvedMessage } from "./starvation.ts";

function tell(message: StarvedMessage): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}

async function run(order: LoadOrder): Promise<void> {
  await using generator = new Generator(order);
  await generator.start();
  await tell({ type: "started" });
  await tell({ type: "load", load: await generator.result() });
  process.disconnect();
}

process.once("message", (order: LoadOrder) => void run(order));
