import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitsGlob, longestSearch, parseGlob } from "../../../src/server/cells/glob.ts";
import { python } from "../../clients/python.ts";

const oracle = `
import json, sqlite3, sys
asked = json.load(sys.stdin)
db = sqlite3.connect(":memory:")
print(json.dumps([bool(db.execute("select ? glob ?", (text, pattern)).fetchone()[0]) for pattern, text in asked]))
`;

test("a pattern means what it means to SQLite, which searches ipykernel's history", () => {
  const letters = ["a", "b", "c", "-", "]", "^", "é", "😀", "\n"];
  const piece = fc.constantFrom(...letters, "*", "*", "?", "[", "[a-c]", "[^b]", "[]a]", "[^]", "[b-]");
  const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  const text = fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((each) => each.join(""));
  const asked = fc.sample(fc.tuple(pattern, text), { seed: 11, numRuns: 5000 });
  const output = execFileSync(python(), ["-c", oracle], { input: JSON.stringify(asked), encoding: "utf8" });
  const answers: boolean[] = JSON.parse(output);
  const differing = asked.filter(
    ([glob, subject], index) =>
      fitsGlob(parseGlob(glob), subject, { left: longestSearch }) !== answers[index],
  );
  expect(differing).toEqual([]);
  expect(answers.filter(Boolean).length).toBeGreaterThan(200);
});
