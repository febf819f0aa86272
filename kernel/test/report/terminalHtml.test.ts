import fc from "fast-check";
import { expect, test } from "vitest";
import { terminalHtml } from "../../src/report/terminalHtml.ts";

test("colours become classes and markup becomes text", () => {
  expect(terminalHtml("\u001b[31m<b>\u001b[0m ok")).toBe('<span class="ansi-red-fg">&lt;b&gt;</span> ok');
});

test("a carriage return overwrites what the line held, as in a terminal", () => {
  expect(terminalHtml("10 %\r100 %\nabc\rX")).toBe("100 %\nXbc");
});

test.each([
  ["a link that never ends", "before \u001b]8;;http://x after", "before 8;;http://x after"],
  ["a title", "\u001b]0;title\u0007after", "after"],
  ["the place of the cursor", "a\u001b[2K\u001b[1;1Hb\u001b[?25lc", "abc"],
  ["a sequence that ends the text", "abc\u001b[31", "abc31"],
  ["an address that runs", "\u001b]8;;javascript:x()\u0007click\u001b]8;;\u0007 on", "click on"],
  ["a link with other letters", "\u001b]8;;https://a.org\u001b\\größe\u001b]8;;\u001b\\ on", "größe on"],
  ["an unknown command", "a\u001bPdata\u001b\\b\u001b(Bc", "abc"],
])("%s leaves the text around it", (_, given, expected) => {
  expect(terminalHtml(given)).toBe(expected);
});

test("a link stays one", () => {
  const link = "\u001b]8;;https://a.org/?b\u001b\\text\u001b]8;;\u001b\\";
  expect(terminalHtml(link)).toBe('<a href="https://a.org/?b">text</a>');
});

test("no letter outside of sequences is lost, and no sequence makes markup", () => {
  const part = fc.oneof(
    fc.stringMatching(/^[a-z<>&"]{0,5}$/),
    fc.constantFrom(
      "\u001b[31m",
      "\u001b[0m",
      "\u001b]0;T\u0007",
      "\u001b]8;;javascript:T\u0007",
      "\u001b[2J",
    ),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const shown = terminalHtml(parts.join("")).replace(/<\/?span[^<>]*>/g, "");
      const letters = parts.filter((each) => !each.startsWith("\u001b")).join("");
      const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };
      expect(shown.replace(/&\w+;/g, (entity) => entities[entity] ?? entity)).toBe(letters);
      expect(shown).not.toContain("<");
    }),
  );
});
