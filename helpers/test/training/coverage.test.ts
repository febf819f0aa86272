import { readdirSync, readFileSync } from "node:fs";
import { trainingReferenceFits } from "isoflop-datasets";
import { expect, test } from "vitest";

const read = (folder: URL, ending: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");

test("every recomputed result is set beside ours in a test or in a notebook", () => {
  const tests = [new URL("./", import.meta.url), new URL("../fit/", import.meta.url)].map((folder) =>
    read(folder, ".ts"),
  );
  const sources = [...tests, read(new URL("../../../notebooks/", import.meta.url), ".ipynb")].join("\n");
  const ids = [...new Set(trainingReferenceFits().map((row) => row.fitId))];
  // Tests and notebooks that run over the three corpora build the name.
  const named = (id: string) =>
    id.replace(/_(c4|redpajama|refinedweb)$/, (_, corpus) => (id.startsWith("gadre") ? "_${" : `_${corpus}`));
  expect(ids.filter((id) => !sources.includes(named(id)))).toEqual([]);
});
