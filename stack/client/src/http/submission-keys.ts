/**
 * Remembers the idempotency key of a form's submission until that submission is settled.
 *
 * Sending the same content again after a failure must carry the same key, so that the server
 * recognises it; changed content is another submission and must carry another key.
 * Source: draft-ietf-httpapi-idempotency-key-header.
 */
export class SubmissionKeys {
  readonly #mintKey: () => string;
  #pending: { readonly content: string; readonly key: string } | null = null;

  constructor(mintKey: () => string) {
    this.#mintKey = mintKey;
  }

  keyFor(body: unknown): string {
    const content = JSON.stringify(body);
    if (this.#pending?.content !== content) this.#pending = { content, key: this.#mintKey() };
    return this.#pending.key;
  }

  /** Forgets the key: equal content that is sent from now on is meant as a second one. */
  settle(): void {
    this.#pending = null;
  }
}
