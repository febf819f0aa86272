const token =
  /\s*(?:("[^"\\\n]*(?:\\.[^"\\\n]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|-?Infinity|NaN)(?![\w.])|([{}[\],:]))/y;

/**
 * Where a text stops being JSON: the place of the first token that cannot stand where it does, or the end of the text.
 * What Node says of it has a place in some messages only.
 */
export function jsonFault(text: string): number {
  const open: string[] = [];
  // What may stand next: a value, a key, a colon, or what follows a value.
  let next: "value" | "key" | "colon" | "more" = "value";
  let isFirst = false;
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    const start = at + /^\s*/.exec(text.slice(at, at + 1000))![0].length;
    if (!found) return start;
    const [, string, literal, mark] = found;
    at = token.lastIndex;
    const isClosing = mark === "}" || mark === "]";
    if (isClosing) {
      const isMatching = open.at(-1) === (mark === "}" ? "{" : "[");
      if (!isMatching || !(next === "more" || isFirst)) return start;
      open.pop();
      [next, isFirst] = ["more", false];
      continue;
    }
    if (next === "value" && (string !== undefined || literal !== undefined)) next = "more";
    else if (next === "value" && (mark === "{" || mark === "[")) {
      open.push(mark);
      [next, isFirst] = [mark === "{" ? "key" : "value", true];
      continue;
    } else if (next === "key" && string !== undefined) next = "colon";
    else if (next === "colon" && mark === ":") next = "value";
    else if (next === "more" && mark === "," && open.length > 0) next = open.at(-1) === "{" ? "key" : "value";
    else return start;
    isFirst = false;
  }
  return text.length;
}
