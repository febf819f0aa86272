// Writes docs/api/*.md from the sources: every export of the public packages with its signature, its doc comment and,
// for a law, its variables and parameters, for a table its columns. `node scripts/build-api-docs.js --check` only says
// whether the pages are up to date; a test says so too.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { apiPages, stalePages } from "./api/pages.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = join(root, "docs/api");

const pages = apiPages(root, {
  isoflop: await load("helpers/src/index.ts"),
  "isoflop-datasets": await load("datasets/src/index.ts"),
});
if (process.argv.includes("--check")) {
  const stale = stalePages(pages, output);
  if (stale.length > 0) {
    console.error(`docs/api is out of date (${stale.join(", ")}): npm run docs`);
    process.exitCode = 1;
  }
} else {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const [page, text] of pages) writeFileSync(join(output, page), text);
  console.log(`${pages.size} pages in docs/api`);
}

/** A package's values from its sources, so that no build is needed. */
async function load(source) {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, source)],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
  );
}
