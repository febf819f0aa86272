import { wrapText } from "../../text/wrapText.ts";
import { proseWidth } from "../terminal/terminalWidth.ts";

/** A command line to try, and what it does. */
export type Example = readonly [line: string, meaning?: string];

/**
 * Text behind the options of a command: paragraphs, then examples. Meanings stand beside the lines where the terminal has
 * room, and beneath them elsewhere; a line that is too long goes on behind a backslash, so that it can be copied.
 */
export function helpText(paragraphs: readonly string[], examples: readonly Example[]): () => string {
  return () => {
    const width = proseWidth(process.stdout);
    const blocks = paragraphs.map((text) => wrapText(text, width).join("\n"));
    return `\n${[...blocks, examplesText(examples, width)].join("\n\n")}`;
  };
}

function examplesText(examples: readonly Example[], width: number): string {
  const column = Math.max(...examples.map(([line]) => line.length)) + 2;
  const isBeside = examples.every(([, meaning = ""]) => 2 + column + meaning.length <= width);
  const lines = examples.flatMap(([line, meaning]) => {
    if (isBeside) return [`  ${meaning === undefined ? line : line.padEnd(column) + meaning}`];
    const command = continued(`  ${line}`, width);
    return meaning === undefined ? command : [...command, ...wrapText(`      ${meaning}`, width, 6)];
  });
  return ["Examples:", ...lines].join("\n");
}

/** A command in lines that a shell reads as one. An option stays with its value if that fits, and quotes are not broken. */
function continued(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const [first = "", ...parts] = line
    .split(/ (?=--?[a-z]|\| |>>? )/)
    // Two columns for the backslash, four before the part.
    .flatMap((part) => (part.length > width - 6 && !/["']/.test(part) ? part.split(/(?<=\S) /) : [part]));
  const lines = [first];
  for (const part of parts) {
    const longer = `${lines.at(-1)} ${part}`;
    // Two columns are kept for the backslash.
    if (longer.length <= width - 2) lines[lines.length - 1] = longer;
    else lines.push(`    ${part}`);
  }
  return lines.map((one, k) => (k < lines.length - 1 ? `${one} \\` : one));
}
