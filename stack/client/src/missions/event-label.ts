const labels: ReadonlyMap<string, string> = new Map([
  ["created", "Created"],
  ["state_changed", "State changed"],
  ["details_changed", "Edited"],
  ["note", "Note"],
]);

/** The name of a type of event; one that is newer than this client reads as it was sent. */
export function eventLabel(type: string): string {
  return labels.get(type) ?? type.replaceAll(/[_-]/g, " ");
}
