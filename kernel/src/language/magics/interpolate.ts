import { parseSync } from "oxc-parser";
import type { Edit } from "../../session/maps/EditedText.ts";

const longestExpression = 1_000;
const mostTries = 20;

/**
 * Makes a part of a source what stands between the backticks of a template literal, in which `{name}` has the value of
 * an expression that begins with a name the session knows. All other braces are the command's own, as are `${name}`
 * and `{{name}}`, of which one pair of braces remains.
 */
export function interpolate(
  source: string,
  start: number,
  end: number,
  isKnown: (name: string) => boolean,
): Edit[] {
  const edits: Edit[] = [];
  const replace = (from: number, to: number, text: string) => edits.push({ start: from, end: to, text });
  for (let at = start; at < end; at++) {
    const character = source[at] as string;
    if (character === "\\" || character === "`" || (character === "$" && source[at + 1] === "{")) {
      replace(at, at, "\\");
      if (character === "$") at++; // the brace is the shell's
      continue;
    }
    if (character !== "{") continue;
    const isDoubled = source[at + 1] === "{";
    const from = isDoubled ? at + 2 : at + 1;
    const close = endOfExpression(source, from, end, isKnown);
    if (close === undefined) continue;
    if (!isDoubled) {
      replace(at, at, "$");
      at = close;
    } else if (source[close + 1] === "}") {
      replace(at, at + 1, "");
      replace(close, close + 1, "");
      at = close + 1;
    }
  }
  return edits;
}

/** Where the brace behind an expression stands; undefined where there is no expression to be evaluated. */
function endOfExpression(
  source: string,
  from: number,
  end: number,
  isKnown: (name: string) => boolean,
): number | undefined {
  const [, head] = /^\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(source.slice(from, from + 200)) ?? [];
  if (head === undefined || !isKnown(head)) return undefined;
  let close = from - 1;
  for (let tries = 0; tries < mostTries; tries++) {
    close = source.indexOf("}", close + 1);
    if (close < 0 || close >= end || close - from > longestExpression) return undefined;
    const inside = source.slice(from, close);
    if (inside.includes("\n")) return undefined;
    if (isExpression(inside)) return close;
  }
  return undefined;
}

function isExpression(text: string): boolean {
  const { errors, program } = parseSync("name.ts", `(${text}\n)`, { sourceType: "module", lang: "ts" });
  const [first, second] = program.body;
  if (errors.length > 0 || first?.type !== "ExpressionStatement" || second) return false;
  const { expression } = first;
  const inside = expression.type === "ParenthesizedExpression" ? expression.expression : undefined;
  return inside !== undefined && inside.type !== "SequenceExpression";
}
