import { expect, test } from "vitest";
import { terminalHtml } from "../../src/report/terminalHtml.ts";

test("colours become classes and markup becomes text", () => {
  expect(terminalHtml("\u001b[31m<b>\u001b[0m ok")).toBe('<span class="ansi-red-fg">&lt;b&gt;</span> ok');
});

test("a carriage return overwrites what the line held, as in a terminal", () => {
  expect(terminalHtml("10 %\r100 %\nabc\rX")).toBe("100 %\nXbc");
});
