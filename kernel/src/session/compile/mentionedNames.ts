/** A text to its end or, where it has none, to the end of its line; or a comment. Each is looked at once, however many there are. */
const textOrComment = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|\/\/.*/g;

/** Words of code that are neither in a string nor the name of a property, each once. */
export function mentionedNames(code: string): Set<string> {
  const withoutStrings = code.replace(textOrComment, (found) => {
    // A quote that nothing closes is no string: it stands in a regular expression, say.
    const isUnclosed = !found.startsWith("//") && (found.length === 1 || !found.endsWith(found[0] as string));
    // It stands in a template then: `file://${name}`, or `'${name}'`.
    const isTemplate = found.includes("${");
    return isUnclosed || isTemplate ? found : '""';
  });
  const names = new Set<string>();
  for (const [, before, word] of withoutStrings.matchAll(/(\.{3}|\.|\b)\s*([A-Za-z_$][\w$]*)/g)) {
    if (before !== ".") names.add(word as string);
  }
  return names;
}
