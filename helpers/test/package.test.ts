import { readFileSync } from "node:fs";
import { version } from "isoflop";
import { expect, test } from "vitest";

test("the version that the package reports is the one in package.json", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(version).toBe(manifest.version);
});
