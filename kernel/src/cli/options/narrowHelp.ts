import type { HelpConfiguration } from "commander";
import { wrapText } from "../../text/wrapText.ts";
import { proseWidth } from "../terminal/terminalWidth.ts";

/** A column of words narrower than this is a tower of them. */
const narrowest = 36;

/**
 * How commander sets a help: a meaning stands beside its option where the terminal has room, and beneath it elsewhere.
 * Commander itself leaves it in one line then, however long.
 */
export const narrowHelp: HelpConfiguration = {
  minWidthToWrap: 20,
  formatItem(term, termWidth, description) {
    const width = proseWidth(process.stdout);
    // Two columns before the term, two behind it.
    const room = width - termWidth - 4;
    if (description === "") return `  ${term}`;
    if (room < narrowest) return [`  ${term}`, ...wrapText(`      ${description}`, width, 6)].join("\n");
    const [first, ...others] = wrapText(description, room);
    const hang = " ".repeat(termWidth + 4);
    return [`  ${term.padEnd(termWidth)}  ${first}`, ...others.map((line) => hang + line)].join("\n");
  },
};
