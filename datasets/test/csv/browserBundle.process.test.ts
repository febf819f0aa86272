import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";

test("the CSV reader bundles for browsers and runs where there is neither Buffer nor require", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { readCsv } from "isoflop-datasets/csv";',
      resolveDir: fileURLToPath(new URL("../..", import.meta.url)),
    },
    bundle: true,
    format: "iife",
    globalName: "csv",
    platform: "browser",
    write: false,
    minify: true,
  });
  const [{ text }] = outputFiles as [{ text: string }];
  expect(text).not.toMatch(/\bBuffer\b/);
  expect(text.length).toBeLessThan(40_000);
  const page = vm.createContext({ TextDecoder });
  vm.runInContext(`${text}; rows = csv.readCsv(new Uint8Array([97, 10, 0xc3, 0xa4])).rows`, page);
  expect(JSON.stringify(page.rows)).toBe('[["ä"]]');
});
