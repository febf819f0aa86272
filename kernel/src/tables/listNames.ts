const most = 20;

/** Column names for a message, which stays one line however many there are. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, most).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  const others = names.length - shown.length;
  return shown.join(", ") + (others > 0 ? `, … and ${others} more` : "");
}
