import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (text: string, group?: string) =>
  loadRuns(file(text), chinchilla, { map: [], fields: [], dropBad: false, ...(group && { group }) });

describe("lines that begin with # below the header", () => {
  test.each<[string, string, string]>([
    [
      "a remark",
      "params,tokens,loss\n1e9,2e10,2.5\n# the large ones\n7e9,2e10,2.25\n",
      "line 3, a comment, was passed over",
    ],
    [
      "one with commas",
      "params,tokens,loss\n# a, b, c, d\n1e9,2e10,2.5\n7e9,2e10,2.25\n",
      "line 2, a comment, was passed over",
    ],
    [
      "a run taken out",
      "params,tokens,loss\n1e9,2e10,2.5\n#3e9,2e10,2.4\n7e9,2e10,2.25\n",
      "line 3, a comment, was passed over",
    ],
    [
      "a named run taken out",
      "run,params,tokens,loss\na,1e9,2e10,2.5\n# b,3e9,2e10,2.4\nc,7e9,2e10,2.25\n",
      "line 3, a comment, was passed over",
    ],
    [
      "several",
      "params,tokens,loss\n1e9,2e10,2.5\n#\n# end\n7e9,2e10,2.25\n#\n",
      "3 comments were passed over, the first on line 3",
    ],
    [
      "behind blanks",
      "params,tokens,loss\n1e9,2e10,2.5\n  # the large ones\n7e9,2e10,2.25\n",
      "line 3, a comment, was passed over",
    ],
  ])("%s: passed over, and told", async (_, text, note) => {
    const { runs, notes } = await load(text);
    expect(runs.map(({ loss }) => loss)).toEqual([2.5, 2.25]);
    expect(notes).toContain(note);
  });

  test("names of runs, where all begin so", async () => {
    const { groups } = await load("run,params,tokens,loss\n#1,1e9,2e10,2.5\n#2,7e9,2e10,2.25\n", "run");
    expect(groups).toEqual(["#1", "#2"]);
  });

  test("nobody can tell where only some do", async () => {
    await expect(load("run,params,tokens,loss\n#1,1e9,2e10,2.5\nb,7e9,2e10,2.25\n")).rejects.toThrow(
      /line 2: this line begins with #, as 1 of 2 rows do: comments or names\?/,
    );
  });

  test("lines are still those of the file", async () => {
    await expect(
      load("# head\nparams,tokens,loss\n# one\n1e9,2e10,2.5\n# two\n\n7e9,2e10,x\n"),
    ).rejects.toThrow(/ 7 +loss +x +not a number/);
  });
});
