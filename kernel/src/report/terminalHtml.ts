import { AnsiUp } from "ansi_up";

/** Text of a terminal as HTML: colours become classes, and a carriage return overwrites its line as it does there. */
export function terminalHtml(text: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  return converter.ansi_to_html(overwriteLines(withoutCommands(text)));
}

const colour = /\u001b\[[\d;]*m/;
/** A link as the converter knows it; any other would be lost with its text, or swallow what follows. */
const link =
  /\u001b\]8;[\x20-\x3a\x3c-\x7e]*;https?:\/\/[\x21-\x7e]{1,500}(?:\u001b\\|\u0007)[\x20-\x7e]+\u001b\]8;;(?:\u001b\\|\u0007)/;
/** Whatever else a program tells a terminal: where to write, its title, the ends of links. */
const command =
  /\u001b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ #%()*+][\x30-\x7e]|[\]PX^_[]?)/;
const sequences = new RegExp(`(${colour.source}|${link.source})|${command.source}`, "g");

/** Text with its colours and links. A sequence that never ends is left out to where the text goes on. */
function withoutCommands(text: string): string {
  return text.includes("\u001b") ? text.replace(sequences, (_, kept?: string) => kept ?? "") : text;
}

function overwriteLines(text: string): string {
  if (!text.includes("\r")) return text;
  return text
    .split(/\r?\n/)
    .map((line) => line.split("\r").reduce((shown, next) => next + shown.slice(next.length), ""))
    .join("\n");
}
