/**
 * Where a text stops being JSON: the offset of the first character that cannot stand there, or its length where it ends
 * too early; undefined where it is JSON. What the engine says of it has no place, or one in other words each version.
 */
export function jsonFault(text: string): number | undefined {
  const scalar =
    /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  let at = 0;
  const skip = () => {
    while (/[ \t\r\n]/.test(text[at] ?? "")) at++;
  };
  const takes = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found !== null;
  };
  /** Moves behind a value; false leaves `at` where it cannot go on. */
  const value = (): boolean => {
    skip();
    if (text[at] === "{") return list("}", () => key() && colon() && value());
    if (text[at] === "[") return list("]", value);
    return takes(scalar);
  };
  const key = () => {
    skip();
    return text[at] === '"' && takes(scalar);
  };
  const colon = () => {
    skip();
    return takes(/:/y);
  };
  const list = (end: string, element: () => boolean): boolean => {
    at++;
    skip();
    if (text[at] === end) return takes(/./y);
    for (;;) {
      if (!element()) return false;
      skip();
      if (text[at] === end) return takes(/./y);
      if (!takes(/,/y)) return false;
    }
  };
  if (!value()) return at;
  skip();
  return at < text.length ? at : undefined;
}
