const pollEveryMs = 50;

/**
 * Waits for a state: looks again and again until a look returns `null` instead of what it saw.
 *
 * @throws Error with the last thing seen and the limit
 */
export async function until(
  state: string,
  look: () => Promise<string | null>,
  timeoutMs: number,
): Promise<void> {
  const started = performance.now();
  for (;;) {
    const seen = await look();
    if (seen === null) return;
    if (performance.now() - started > timeoutMs) {
      throw new Error(`waited for "${state}": last saw ${seen}, limit ${timeoutMs} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollEveryMs));
  }
}
