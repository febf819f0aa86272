/** Whether a valid JSON text writes a key of an object twice: readers differ in which of the values they take. */
export function repeatsKey(json: string, value: unknown): boolean {
  return keysWritten(json) !== keysOf(value);
}

function keysWritten(json: string): number {
  let count = 0;
  for (let at = json.indexOf('"'); at >= 0; at = json.indexOf('"', at)) {
    for (at++; json[at] !== '"'; at++) if (json[at] === "\\") at++;
    at++;
    while (/\s/.test(json[at] ?? "")) at++;
    if (json[at] === ":") count++;
  }
  return count;
}

/** How many keys the objects in a value have, all together. */
function keysOf(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  const parts = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + keysOf(part), Array.isArray(value) ? 0 : parts.length);
}
