/** One stack for many mutants: those that differ from production in the gateway alone. */

import { prepareImages, removeComponentImages } from "../stack/build.ts";
import type { PreparedImages } from "../stack/build.ts";
import { removeRun } from "../stack/leftovers.ts";
import { production } from "../stack/origin.ts";
import type { StackOrigin } from "../stack/origin.ts";
import { replaceGateway } from "../stack/other-gateway.ts";
import { ownerOfThisProcess } from "../stack/owner.ts";
import { startProductionStack } from "../stack/production-stack.ts";
import type { HostPorts, ProductionStack } from "../stack/production-stack.ts";
import { canHaveReaper } from "../stack/reaper.ts";
import { replaceCertificates } from "../stack/secrets.ts";
import { progress } from "./console.ts";
import { startDeadlineMs } from "./session.ts";
import type { LentStack } from "./session.ts";

export interface SharedPlan {
  readonly runId: string;
  readonly ports: HostPorts;
  readonly signal: AbortSignal;
}

export class SharedStack implements AsyncDisposable {
  readonly #stack: ProductionStack;
  readonly #images: PreparedImages;
  readonly #signal: AbortSignal;
  /** Versions whose images go with the stack. */
  readonly #versions: string[] = [];
  #hasOwnCertificates = false;

  private constructor(stack: ProductionStack, images: PreparedImages, signal: AbortSignal) {
    this.#stack = stack;
    this.#images = images;
    this.#signal = signal;
  }

  /** @throws StackStartError when production does not start; by then nothing of it is left */
  static async start({ runId, ports, signal }: SharedPlan): Promise<SharedStack> {
    const images = await prepareImages({ origin: production, log: progress, signal });
    const stack = await startProductionStack({
      runId,
      origin: production,
      imageEnvironment: images.environment,
      ports,
      deadlineMs: startDeadlineMs,
      keep: false,
      reaper: await canHaveReaper(images.source),
      onProgress: progress,
      signal,
    });
    return new SharedStack(stack, images, signal);
  }

  /** The stack with the gateway of other sources, and the certificates that they ask for. */
  async become(origin: StackOrigin): Promise<LentStack> {
    const asksForOwn = Object.keys(origin.certificate).length > 0;
    if (asksForOwn || this.#hasOwnCertificates) {
      await replaceCertificates(this.#stack.handle.installation, origin.certificate);
    }
    this.#hasOwnCertificates = asksForOwn;
    const images = await replaceGateway(this.#stack, {
      origin,
      images: this.#images,
      owner: ownerOfThisProcess(),
      signal: this.#signal,
    });
    if (images.configurationHash !== this.#images.configurationHash) {
      this.#versions.push(images.configurationHash);
    }
    return { stack: this.#stack, images };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const left = await removeRun(this.#stack.handle.runId);
    if (left.length > 0) progress(`left behind: ${left.join(", ")}; remove it with npm run clean`);
    for (const version of this.#versions) await removeComponentImages(version);
  }
}
