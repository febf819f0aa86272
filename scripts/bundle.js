// What tsc cannot do: one file where many would cost the reader. Runs after it, on its output.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

// Importing 200 small modules takes Node five times as long as importing the same code in one file.
// Types still point to the small ones, and so do bundlers for browsers: a bundler that is given the one file keeps half of
// what nobody imported.
await bundle("helpers/dist/bundle", {
  entryPoints: {
    index: "helpers/dist/index.js",
    formula: "helpers/dist/formula/index.js",
    danfo: "helpers/dist/danfo/index.js",
    bootstrapWorker: "helpers/dist/fit/uncertainty/bootstrap/bootstrapWorker.js",
  },
  splitting: true,
  platform: "neutral",
  packages: "external",
});
await bundle("datasets/dist/bundle", {
  entryPoints: { index: "datasets/dist/index.js", csv: "datasets/dist/csv/index.js" },
  splitting: true,
  platform: "node",
  packages: "external",
});

// The executor's core runs in a realm of its own, into which only a script can be loaded.
await bundle("kernel/dist/session/realm", {
  entryPoints: { core: "kernel/src/session/executor/core.ts" },
  format: "cjs",
  platform: "node",
  define: { "import.meta.url": "executorUrl" },
});

// A thread whose code is one script needs no loader of modules of its own: 0.8 MB and 15 ms less for each.
await bundle("kernel/dist/threads", {
  entryPoints: {
    heartbeat: "kernel/src/protocol/heartbeatThread.ts",
    watchdog: "kernel/src/session/watchdog/watchdog.ts",
  },
  format: "cjs",
  platform: "node",
  outExtension: { ".js": ".cjs" },
});

// A report is one file: what its pages run in the browser is written into each of them.
await bundle("kernel/dist/browser", {
  entryPoints: { page: "kernel/src/browser/page.ts", widgets: "kernel/src/browser/widgets.ts" },
  format: "iife",
  minify: true,
  // A bootstrap on threads is the one thing that asks where its file is, and a page has no threads.
  define: { "import.meta.url": '"about:blank"' },
  logOverride: { "ignored-bare-import": "silent" },
});

/** Writes only what changed and removes what is gone, so that a running program keeps finding its files. */
async function bundle(folder, { entryPoints, ...options }) {
  const entries = Object.entries(entryPoints).filter(([, path]) => existsSync(join(root, path)));
  const outdir = join(root, folder);
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(entries.map(([name, path]) => [name, join(root, path)])),
    outdir,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
    ...options,
    write: false,
  });
  mkdirSync(outdir, { recursive: true });
  for (const { path, contents } of outputFiles) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    writeFileSync(`${path}.tmp`, contents);
    renameSync(`${path}.tmp`, path);
  }
  const wanted = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(outdir)) {
    if (/[.]c?js$/.test(name) && !wanted.has(name)) rmSync(join(outdir, name));
  }
}
