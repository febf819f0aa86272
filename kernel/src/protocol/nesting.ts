const quote = 0x22;
const backslash = 0x5c;

/** Whether JSON is nested deeper than the limit, told from its bytes: nothing is parsed, nothing recurses. */
export function isNestedDeeper(json: Buffer, limit: number): boolean {
  if (json.length <= limit) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) {
      at = endOfText(json, at);
      if (at < 0) return false; // not JSON: its parser will say so
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > limit) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return false;
}

/** Where the text that begins at a quote ends, or -1. */
function endOfText(json: Buffer, start: number): number {
  for (let at = json.indexOf(quote, start + 1); at >= 0; at = json.indexOf(quote, at + 1)) {
    let backslashes = 0;
    while (json[at - 1 - backslashes] === backslash) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

/** Whether values stand in each other deeper than so many levels. Level by level: nothing recurses. */
export function isDeeper(value: unknown, levels: number): boolean {
  let now = [value].filter(isContainer);
  for (let level = 0; now.length > 0; level++) {
    if (level === levels) return true;
    const inside: object[] = [];
    for (const each of now) for (const one of Object.values(each)) if (isContainer(one)) inside.push(one);
    now = inside;
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
