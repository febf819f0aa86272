import { excerpt } from "isoflop-datasets/csv";

const most = 20;

/** Column names for a message, which stays one line however many there are. */
export function listNames(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, most).map((name) => excerpt(name));
  const others = names.length - shown.length;
  return shown.join(", ") + (others > 0 ? `, … and ${others} more` : "");
}
