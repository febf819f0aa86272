/** What cells find without an import, beside what Node has. */
const sessionGlobals = new Set(
  (
    "_ __ ___ In Out clearOutput comm display html input md progress prompt svg verdicts require module exports " +
    "__filename __dirname"
  ).split(" "),
);

/** Whether a name means something in every session. */
export function isGlobalName(name: string): boolean {
  return sessionGlobals.has(name) || name in globalThis;
}
