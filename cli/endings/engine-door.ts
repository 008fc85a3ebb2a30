/** A socket in front of the engine's own, which can be taken away without harming the engine. */

import { createServer, connect } from "node:net";
import type { Server, Socket } from "node:net";
import { join } from "node:path";
import { docker } from "../../stack/engine.ts";
import type { Scene } from "./scene.ts";

async function engineSocket(): Promise<string> {
  const told =
    process.env["DOCKER_HOST"] ??
    (await docker(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"])).trim();
  if (told.startsWith("unix://")) return told.slice("unix://".length);
  throw new Error(`looked for the engine: saw ${told}, allowed is a socket of this machine`);
}

export class EngineDoor implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: string | null) {
    this.#server = createServer({ allowHalfOpen: true }, (near) => {
      this.#keep(near);
      if (target === null) return;
      const far = connect({ path: target, allowHalfOpen: true });
      this.#keep(far);
      near.pipe(far);
      far.pipe(near);
      near.once("close", () => far.destroy());
      far.once("close", () => near.destroy());
    });
  }

  /** Takes `scene` to the engine through the door; a door to `nobody` is open and never answers. */
  static async open(scene: Scene, to: "engine" | "nobody"): Promise<EngineDoor> {
    const door = new EngineDoor(to === "engine" ? await engineSocket() : null);
    const path = join(scene.directory, "engine.sock");
    await new Promise<void>((resolve, reject) => {
      door.#server.once("error", reject);
      door.#server.listen(path, resolve);
    });
    scene.environment["DOCKER_HOST"] = `unix://${path}`;
    scene.cleanUp.use(door);
    return door;
  }

  get callCount(): number {
    return this.#sockets.size;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    // Whoever is cut off says so; here it is meant.
    socket.on("error", () => undefined);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  /** From now on nobody is behind it: open calls break off, new ones find no socket. */
  async cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.cut();
  }
}
