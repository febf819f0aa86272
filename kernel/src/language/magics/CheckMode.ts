/** What a type error does to its cell: keeps it from running, is printed beside its output, or is not looked for. */
export type CheckMode = "on" | "warn" | "off";

export const checkModes: readonly CheckMode[] = ["on", "warn", "off"];

export function isCheckMode(word: string): word is CheckMode {
  return (checkModes as readonly string[]).includes(word);
}
