/** Processors and memory, the part of a machine that its numbers hang on; in words. */
export function machineClassOf(machine: Readonly<Record<string, string>>): string {
  const { processor, memory } = machine;
  const parts = [processor, memory].filter((part) => part !== undefined);
  return parts.length === 0 ? "unknown" : parts.join(", ");
}
