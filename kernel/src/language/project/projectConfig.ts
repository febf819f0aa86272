import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { emitOptions } from "../../tsconfig/emitOptions.ts";
import type { Tsconfig } from "../../tsconfig/Tsconfig.ts";

const fromKernel = createRequire(import.meta.url);

/** What the notebook's own tsconfig.json may change. */
const defaults = {
  // Without the DOM's types: cells run in Node, and they are 20 MB of memory.
  lib: ["esnext"],
  strict: true,
};

/** How cells are really loaded and run; another value would report errors that do not happen. */
const required = {
  target: "esnext", // an older one decides what fields mean, and nothing else: cells run in Node
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  allowJs: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  emitDeclarationOnly: false,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
  skipLibCheck: true,
};

/** Types of what Node has without an import and `@types/node` leaves out. */
const nodeGlobals = fileURLToPath(new URL("../../../assets/globals.d.ts", import.meta.url));

/** The kernel's own modules as types: sources when it runs from sources, declarations once it is built. */
export function kernelModule(path: string): string {
  const isBuilt = import.meta.url.endsWith(".js");
  return fileURLToPath(new URL(`../../${path}${isBuilt ? ".d.ts" : ".ts"}`, import.meta.url));
}

/**
 * The tsconfig.json the language server sees in the notebook's folder: the one on disk with all it extends, if there is
 * one, with what a notebook needs, and with the kernel's own `isoflop` and `@types/node` where the folder has none.
 */
export function projectConfig(folder: string, files: readonly string[], tsconfig: Tsconfig): string {
  const { options } = tsconfig;
  const { paths: ownPaths, baseUrl, ...others } = options; // TypeScript 7 has no `baseUrl` any more
  const nodeTypes = typesFolder(folder, "node");
  const types = Array.isArray(options.types) ? [...new Set([...options.types, "node"])] : ["node"];
  const ownRoots = Array.isArray(options.typeRoots)
    ? options.typeRoots.map((each) => join(folder, each))
    : [];
  const typeRoots = [
    ...ownRoots,
    join(folder, "node_modules", "@types"),
    ...(nodeTypes ? [dirname(nodeTypes)] : []),
  ];
  const paths = { ...kernelPaths(folder), ...absolutePaths(tsconfig, ownPaths, baseUrl) };
  const compilerOptions = {
    ...defaults,
    ...lenient(options),
    ...others,
    ...required,
    jsx: runnableJsx(options.jsx),
    useDefineForClassFields: !emitOptions(options)?.assignsFields,
    types,
    typeRoots,
    paths,
  };
  return JSON.stringify({ compilerOptions, files: [...files, nodeGlobals], include: [], exclude: [] });
}

/**
 * What a `catch` catches is `any`, so that notebooks may say `error.message`; unless the notebook's own configuration
 * says what is strict.
 */
function lenient(options: Readonly<Record<string, unknown>>): object {
  return "strict" in options ? {} : { useUnknownInCatchVariables: false };
}

/** JSX that is preserved cannot run: cells are emitted as with this. */
function runnableJsx(jsx: unknown): string {
  return typeof jsx === "string" && /^react(-jsx(dev)?)?$/i.test(jsx) ? jsx : "react-jsx";
}

/** `paths` with places that do not depend on where they are written; behind all others, `baseUrl` is one more. */
function absolutePaths({ aliases }: Tsconfig, paths: unknown, baseUrl: unknown): Record<string, string[]> {
  const patterns = [...Object.keys((paths ?? {}) as object), ...(baseUrl === undefined ? [] : ["*"])];
  // The places of a pattern, its `*` and all, are those of a specifier that reads so.
  return Object.fromEntries(patterns.map((pattern) => [pattern, aliases(pattern)]));
}

/** Where `@types/NAME` is for the notebook, else for the kernel. */
function typesFolder(folder: string, name: string): string | undefined {
  for (const from of [createRequire(join(folder, "cell.ts")), fromKernel]) {
    try {
      return dirname(from.resolve(`@types/${name}/package.json`));
    } catch {
      // next
    }
  }
  return undefined;
}

function kernelPaths(folder: string): Record<string, string[]> {
  const paths: Record<string, string[]> = { tslab: [kernelModule("session/tslab")] };
  const fromNotebook = createRequire(join(folder, "cell.ts"));
  for (const name of ["isoflop", "isoflop-datasets", "isoflop-kernel", "mathjs"]) {
    if (resolves(fromNotebook, `${name}/package.json`)) continue;
    const manifest = resolves(fromKernel, `${name}/package.json`);
    if (!manifest) continue;
    const { exports = {} } = JSON.parse(readFileSync(manifest, "utf8")) as PackageManifest;
    for (const [subpath, conditions] of Object.entries(exports)) {
      if (typeof conditions === "string" || !conditions.types || subpath.includes("*")) continue;
      paths[name + subpath.slice(1)] = [join(dirname(manifest), conditions.types)];
    }
  }
  return paths;
}

interface PackageManifest {
  exports?: Record<string, string | { types?: string }>;
}

function resolves(from: NodeJS.Require, specifier: string): string | undefined {
  try {
    return from.resolve(specifier);
  } catch {
    return undefined;
  }
}
