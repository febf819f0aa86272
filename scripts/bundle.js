// What tsc cannot do: one file where many would cost the reader. Runs after it, on its output.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
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
  },
  splitting: true,
  platform: "node",
  packages: "external",
  plugins: [helpersForNode()],
});
await bundle("datasets/dist/bundle", {
  entryPoints: { index: "datasets/dist/index.js", csv: "datasets/dist/csv/index.js" },
  splitting: true,
  platform: "node",
  packages: "external",
});

// A bundle has no files beside it: what bundlers are given holds each table in the module of its loader, and takes no more
// tables than somebody imports.
const loaders = readdirSync(join(root, "datasets/dist/tables")).filter((name) => name.endsWith(".js"));
await bundle("datasets/dist/withTables", {
  entryPoints: {
    index: "datasets/dist/index.js",
    ...Object.fromEntries(loaders.map((name) => [name.slice(0, -3), `datasets/dist/tables/${name}`])),
  },
  splitting: true,
  platform: "neutral",
  packages: "external",
  loader: { ".csv": "text" },
  plugins: [tablesInLoaders()],
});

// The executor's core runs in a realm of its own, into which only a script can be loaded; what few sessions need, it
// loads when they do.
await bundle("kernel/dist/session/realm", {
  entryPoints: {
    core: "kernel/src/session/executor/core.ts",
    still: "kernel/src/session/display/still/plotlyStill.ts",
  },
  format: "cjs",
  platform: "node",
  define: { "import.meta.url": "executorUrl" },
});

// The kernel's two processes load a file in place of a hundred modules. What a cell may import of the session is in the
// same files, so that there is one of each.
await program("kernel/dist/server/program", { startKernel: "kernel/dist/server/startKernel.js" });
await program("kernel/dist/session/program", {
  executor: "kernel/dist/session/executor/executor.js",
  index: "kernel/dist/session/index.js",
  tslab: "kernel/dist/session/tslab.js",
});

// The command line, too: 130 modules in as many files take longer to load than most of its commands to answer.
await program("kernel/dist/cli/program", { main: "kernel/dist/cli/main.js" });

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
  entryPoints: {
    page: "kernel/src/browser/page.ts",
    // One a kind of panel, so that a page carries only what its panels need.
    refitWidget: "kernel/src/browser/refitWidget.ts",
    memoryWidget: "kernel/src/browser/memoryWidget.ts",
    servingWidget: "kernel/src/browser/servingWidget.ts",
  },
  format: "iife",
  minify: true,
  plugins: [constantsOfPanels()],
  logOverride: { "ignored-bare-import": "silent" },
});

/** A panel carries the constants of what it offers; those of all published measurements would be half a megabyte more. */
function constantsOfPanels() {
  return {
    name: "constants-of-panels",
    setup(builder) {
      builder.onLoad({ filter: /publishedServingRecord[.]js$/ }, () => ({
        contents: `export const publishedServingRecord = () => {
          throw new Error("a page has the constants of its own panel only");
        };`,
      }));
    },
  };
}

/** Puts what only Node can do in the places of what pages are given, and the thread's program into a text. */
function helpersForNode() {
  const inNode = {
    "fit/explainStatus.js": "helpers/dist/fit/hostExplainStatus.js",
    "fit/fitSummary.js": "helpers/dist/fit/hostFitSummary.js",
    "fit/objective/fitArguments.js": "helpers/dist/fit/objective/hostFitArguments.js",
    "fit/search/nearbyCurvature.js": "helpers/dist/fit/search/hostNearbyCurvature.js",
    "fit/uncertainty/methodNotes.js": "helpers/dist/fit/uncertainty/hostMethodNotes.js",
    "fit/uncertainty/bootstrap/threads.js": "helpers/dist/fit/uncertainty/bootstrap/hostThreads.js",
    "fit/uncertainty/bootstrap/threadSource.js": "helpers/node/threadSource.js",
    "format/tablePart.js": "helpers/dist/format/hostTablePart.js",
    "formula/mathjs.js": "helpers/node/mathjs.js",
    "numerics/arguments/wayToRows.js": "helpers/dist/numerics/arguments/hostWayToRows.js",
    "numerics/linear/dots.js": "helpers/dist/numerics/linear/hostDots.js",
  };
  return {
    name: "helpers-for-node",
    setup(builder) {
      builder.onResolve(
        {
          filter:
            /^[.].*[/](explainStatus|fitSummary|fitArguments|methodNotes|nearbyCurvature|threads|threadSource|mathjs|wayToRows|dots|tablePart)[.]js$/,
        },
        ({ path, resolveDir }) => {
          const inPage = relative(join(root, "helpers/dist"), join(resolveDir, path)).replaceAll("\\", "/");
          return { path: join(root, inNode[inPage]) };
        },
      );
      builder.onResolve({ filter: /^isoflop:/ }, ({ path }) => ({ path, namespace: "program" }));
      builder.onLoad({ filter: /^isoflop:bootstrapWorker$/, namespace: "program" }, async () => {
        const { outputFiles } = await build({
          entryPoints: [join(root, "helpers/dist/fit/uncertainty/bootstrap/bootstrapWorker.js")],
          bundle: true,
          format: "iife",
          target: "es2022",
          minify: true,
          write: false,
        });
        return { contents: outputFiles[0].text, loader: "text" };
      });
    },
  };
}

/** The modules of one of the kernel's processes. */
function program(folder, entryPoints) {
  return bundle(folder, {
    entryPoints,
    splitting: true,
    platform: "node",
    packages: "external",
    plugins: [urlsOfModules(folder)],
  });
}

/** Lets each module find the files around it from the folder of the bundle as from its own place. */
function urlsOfModules(folder) {
  return {
    name: "urls-of-modules",
    setup(builder) {
      builder.onLoad({ filter: /[/\\]kernel[/\\]dist[/\\].*[.]js$/ }, ({ path }) => {
        const place = relative(join(root, folder), path).replaceAll("\\", "/");
        const url = `new URL(${JSON.stringify(place)}, import.meta.url).href`;
        return { contents: readFileSync(path, "utf8").replaceAll("import.meta.url", url), loader: "js" };
      });
    },
  };
}

/** Gives each loader the text of its table in place of the way to a file. */
function tablesInLoaders() {
  return {
    name: "tables-in-loaders",
    setup(builder) {
      builder.onResolve({ filter: /[/]tableFile[.]js$/ }, () => ({
        path: join(root, "datasets/bundled/tableFile.js"),
      }));
      // The index, and what joins tables, names the modules of the loaders and does not take them in.
      builder.onResolve({ filter: /^[.]{1,2}[/]tables[/]/ }, ({ path }) => ({
        path: `./${basename(path)}`,
        external: true,
      }));
      builder.onLoad({ filter: /[/\\]tables[/\\]\w+[.]js$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8");
        const fromFile = 'import { defineTable } from "../csv/defineTable.js";';
        const [, table] = /defineTable\("(\w+)"/.exec(source) ?? [];
        if (!table || !source.includes(fromFile))
          throw new Error(`${path} defines no table; let it call defineTable`);
        const fromText = [
          'import { tableLoader } from "../csv/tableLoader.js";',
          `import csv from "../../tables/${table}.csv";`,
          "const defineTable = (table, schema) => tableLoader(table, schema, () => csv);",
        ];
        return { contents: source.replace(fromFile, fromText.join(" ")), loader: "js" };
      });
    },
  };
}

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
