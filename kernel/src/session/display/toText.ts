import { inspect } from "node:util";

/** `util.inspect` without colours; long arrays and strings end in a note of how much is left out. */
export function toText(value: unknown): string {
  const options = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 };
  try {
    return cut(inspect(value, options));
  } catch {
    try {
      return cut(inspect(value, { ...options, customInspect: false, getters: false, showProxy: true }));
    } catch (error) {
      return `[a value that cannot be shown: ${String(error)}]`;
    }
  }
}

const longest = 200_000;

function cut(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)}\n… ${(text.length - longest).toLocaleString("en")} more characters`;
}
