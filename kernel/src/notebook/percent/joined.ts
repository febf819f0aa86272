import { parseCell } from "../../language/cells/parseCell.ts";
import { isShort } from "../../language/reader/isShort.ts";

/** So many cells are looked at for the end of a template literal. */
const mostJoined = 50;

/**
 * What may be spent on a script, in characters that are parsed. A file of a million backticks would take hours otherwise;
 * one that people write takes a hundredth of it.
 */
const mostParsed = 10_000_000;

/** What a parse costs in itself, however short the text. */
const costOfParse = 2_000;

/** Segments, with those put together that a template literal or a comment holds together, if they make sense then. */
export function joined(segments: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const result: (readonly string[])[] = [];
  let left = mostParsed;
  for (let k = 0; k < segments.length; k++) {
    const end = endOf(k);
    result.push(end === k ? segments[k]! : segments.slice(k, end + 1).flat());
    k = end;
  }
  return result;

  function endOf(first: number): number {
    const lines = segments[first]!;
    if (!lines.some((line) => line.includes("`") || line.includes("/*"))) return first;
    let text = lines.join("\n");
    if (!isOpen(errorsOf(text), text)) return first;
    const last = Math.min(segments.length - 1, first + mostJoined);
    for (let k = first + 1; k <= last; k++) {
      text += `\n${segments[k]!.join("\n")}`;
      const errors = errorsOf(text);
      if (errors === undefined) return first;
      if (errors.length === 0) return k;
    }
    return first;
  }

  /** Undefined where the text takes too long to parse: nothing is put together then. */
  function errorsOf(text: string) {
    const cost = text.length + costOfParse;
    if (cost > left || !isShort(text)) return undefined;
    left -= cost;
    return parseCell(text).errors;
  }
}

/** Whether code ends within a template literal or a comment. */
function isOpen(errors: ReturnType<typeof parseCell>["errors"] | undefined, code: string): boolean {
  const [error] = errors ?? [];
  const at = error?.labels[0]?.start;
  if (error === undefined || at === undefined) return false;
  return (
    error.message === "Unterminated multiline comment" ||
    (error.message === "Unterminated string" && (code[at] === "`" || code[at] === "}"))
  );
}
