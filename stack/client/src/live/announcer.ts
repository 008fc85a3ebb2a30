import { Observable } from "./observable.ts";

/** Short messages for people who listen to the page instead of looking at it. */
export class Announcer {
  readonly message = new Observable<string>("");

  announce(text: string): void {
    // The same text twice would be no change and stay unspoken; a blank that nobody hears is one.
    this.message.set(this.message.get() === text ? `${text}\u00a0` : text);
  }
}
