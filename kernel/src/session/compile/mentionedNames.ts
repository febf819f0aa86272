/** Words of code that are neither in a string nor the name of a property, each once. */
export function mentionedNames(code: string): Set<string> {
  const withoutStrings = code.replace(
    /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|\/\/.*/g,
    '""',
  );
  const names = new Set<string>();
  for (const [, before, word] of withoutStrings.matchAll(/(\.{3}|\.|\b)\s*([A-Za-z_$][\w$]*)/g)) {
    if (before !== ".") names.add(word as string);
  }
  return names;
}
