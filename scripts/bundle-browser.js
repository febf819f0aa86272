// A report is one file: what its pages run in the browser is bundled once here and written into each of them.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (name) => fileURLToPath(new URL(`../kernel/${name}`, import.meta.url));

await build({
  entryPoints: [path("src/browser/page.ts")],
  outdir: path("dist/browser"),
  bundle: true,
  format: "iife",
  minify: true,
  target: "es2022",
  logLevel: "warning",
});
