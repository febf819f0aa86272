import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { entries } from "../api/pages.js";
import { exportsOf } from "../api/sources.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

// The values of the helpers are recorded in helpers/test/surface; this record has the types and the kernel, too. What
// they look like stands in docs/api, where a changed signature shows as a difference.
test("the names that every package shows, types included, are as recorded", async () => {
  const names = entries.flatMap(({ specifier, file }) =>
    [...exportsOf(join(root, file)).keys()].map((name) => `${specifier} ${name}`),
  );
  expect(names.length).toBeGreaterThan(400);
  await expect(
    `${names.sort().join("\n")}\n`,
    "a change on purpose is recorded by: npx vitest run --project pure scripts/test/publicNames -u",
  ).toMatchFileSnapshot("publicNames.txt");
});
