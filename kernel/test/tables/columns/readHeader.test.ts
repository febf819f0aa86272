import { describe, expect, test } from "vitest";
import { readHeader } from "../../../src/tables/columns/readHeader.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const rows = "1e9,2e10,2.5\n2e9,2e10,2.4\n";

describe("the names of a table's columns", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["of the first line", `width,count,y\n${rows}`, "csv", ["width", "count", "y"]],
    ["behind comments", `# made by hand\n#\nwidth,count,y\n${rows}`, "csv", ["width", "count", "y"]],
    ["behind comments with commas", `# a, b, c\nwidth,count,y\n${rows}`, "csv", ["width", "count", "y"]],
    ["that begin with #, as NumPy writes them", `# width,count,y\n${rows}`, "csv", ["# width", "count", "y"]],
    ["of JSON lines", '{"a":1,"b":{"c":2}}\n{"d":1}\n', "jsonl", ["a", "b.c", "d"]],
    ["of JSON", '[{"a":1},{"#b":2}]', "json", ["a", "#b"]],
    [
      "of a chart",
      '"Step","r - loss","r - loss__MIN","r - loss__MAX"\n"1","2","2","2"\n',
      "csv",
      ["run", "Step", "loss"],
    ],
    ["of dicts in cells", `summary,config\n"{'loss': 2}","{'n': 1}"\n`, "csv", ["summary.loss", "config.n"]],
  ])("%s", async (_, text, extension, names) => {
    expect(await readHeader(file(text, extension))).toEqual(names);
  });

  test("of a file that cannot be read are not guessed", async () => {
    await expect(readHeader(file("a,a\n1,2\n"))).rejects.toThrow(/column 1 has this name, too/);
    await expect(readHeader(file('a,b\n"1" x,2\n'))).rejects.toThrow(/line 2/);
    await expect(readHeader(file("{", "json"))).rejects.toThrow(/is not JSON/);
  });
});
