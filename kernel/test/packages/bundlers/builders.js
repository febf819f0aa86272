// One function a bundler: builds a program for a page or for a server into `folder`, as its own documentation has it, and
// answers what the bundler had to say. A page begins at `folder/index.html`, a server is `folder/out.*`.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rspack } from "@rspack/core";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import webpack from "webpack";

const pageOf = (script, attributes = "") => `<!doctype html><script ${attributes} src="${script}"></script>`;

const underWebpack = (bundler, slowly) => async (entry, folder, target) => {
  const page = target === "page";
  if (page) writeFileSync(join(folder, "index.html"), pageOf("out.js"));
  const options = {
    mode: "production",
    target: page ? "web" : "node",
    entry,
    output: { path: folder, filename: page ? "out.js" : "out.cjs" },
    // Webpack takes half a minute to minify mathjs, and 2 s to bundle it.
    optimization: { minimize: !slowly || !entry.includes("formula") },
    // It calls every bundle above 244 kB large.
    performance: { hints: false },
  };
  return new Promise((resolve, reject) => {
    bundler(options, (error, stats) => {
      if (error) return reject(error);
      const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
      resolve([...errors, ...warnings].map(({ message }) => message));
    });
  });
};

const underVite = (name) => async (entry, folder, target) => {
  const { build } = await import(name);
  const said = [];
  const say = (text) => said.push(text);
  const page = target === "page";
  const root = join(dirname(entry), `${name} ${target} of ${entry.includes("formula") ? "formula" : "core"}`);
  mkdirSync(root);
  if (page) {
    writeFileSync(join(root, "start.js"), `import ${JSON.stringify(entry)};`);
    writeFileSync(join(root, "index.html"), pageOf("./start.js", 'type="module"'));
  }
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "warn",
    customLogger: {
      info() {},
      warn: say,
      warnOnce: say,
      error: say,
      clearScreen() {},
      hasErrorLogged: () => false,
      hasWarned: false,
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      ...(page ? {} : { ssr: entry, rollupOptions: { output: { entryFileNames: "out.mjs" } } }),
      // It calls every file above 500 kB large.
      chunkSizeWarningLimit: 2000,
    },
    ssr: { noExternal: true },
  });
  return said;
};

const underRollup = async (entry, folder, target) => {
  const page = target === "page";
  const said = [];
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve(page ? { browser: true } : { exportConditions: ["node"] }), commonjs()],
    onLog(level, { code, message, ids = [] }) {
      // The modules of mathjs import each other in circles.
      if (code === "CIRCULAR_DEPENDENCY" && ids.every((id) => id.includes("/node_modules/mathjs/"))) return;
      if (level !== "info") said.push(message);
    },
  });
  await bundle.write({ dir: folder, entryFileNames: "out.mjs", format: "es" });
  if (page) writeFileSync(join(folder, "index.html"), pageOf("out.mjs", 'type="module"'));
  return said;
};

const underEsbuild = async (entry, folder, target) => {
  const page = target === "page";
  if (page) writeFileSync(join(folder, "index.html"), pageOf("out.js"));
  const { warnings } = await esbuild.build({
    entryPoints: [entry],
    outfile: join(folder, page ? "out.js" : target === "server" ? "out.mjs" : "out.cjs"),
    bundle: true,
    minify: true,
    format: page ? "iife" : target === "server" ? "esm" : "cjs",
    platform: page ? "browser" : "node",
    logLevel: "silent",
  });
  return warnings.map(({ text }) => text);
};

export const builders = {
  webpack: underWebpack(webpack, true),
  Rspack: underWebpack(rspack, false),
  "Vite 7": underVite("vite7"),
  "Vite 8": underVite("vite8"),
  Rollup: underRollup,
  esbuild: underEsbuild,
};
