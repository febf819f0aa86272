import { AnsiUp } from "ansi_up";

/** Text of a terminal as HTML: colours become classes, and a carriage return overwrites its line as it does there. */
export function terminalHtml(text: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  return converter.ansi_to_html(overwriteLines(text));
}

function overwriteLines(text: string): string {
  if (!text.includes("\r")) return text;
  return text
    .split(/\r?\n/)
    .map((line) => line.split("\r").reduce((shown, next) => next + shown.slice(next.length), ""))
    .join("\n");
}
