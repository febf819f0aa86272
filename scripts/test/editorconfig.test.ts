import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../release/packages.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");

// Biome could read .editorconfig itself, but 2.6 keeps to 80 columns whatever max_line_length says.
test("editors and the formatter agree on the measures of a line", () => {
  const { formatter } = JSON.parse(read("biome.json"));
  const everywhere = read(".editorconfig").split(/^\[/m)[1]!;
  const measures = Object.fromEntries(
    [...everywhere.matchAll(/^(\w+) = (.*)$/gm)].map(([, ...pair]) => pair),
  );
  expect(measures).toMatchObject({
    indent_style: formatter.indentStyle,
    indent_size: String(formatter.indentWidth),
    max_line_length: String(formatter.lineWidth),
    end_of_line: formatter.lineEnding ?? "lf",
  });
});
