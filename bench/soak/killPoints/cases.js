import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = here("../../../kernel/bin/isoflop.js");
const writer = here("write.mjs");

const cell = (source, outputs = []) => ({
  cell_type: "code",
  id: "a",
  metadata: {},
  source,
  outputs,
  execution_count: null,
});
const notebook = (...cells) =>
  `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
const stream = { output_type: "stream", name: "stdout", text: ["old\n"] };
const runs = `params,tokens,loss\n${Array.from({ length: 12 }, (_, k) => `${k + 1}e8,${k * k + 2}e9,${4 - k / 9}\n`).join("")}`;

const text = (path) => readFileSync(path, "utf8");
const put = (path, content, mode = 0o644) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
};

/** A file that is replaced: it keeps mode and links, and is the old one to the byte or a whole new one. */
function replaced(path, old, isNew, link) {
  return (folder) => {
    const at = join(folder, path);
    if (link !== undefined && !lstatSync(join(folder, link)).isSymbolicLink())
      return `${link} is no link any more`;
    if (!existsSync(at)) return `${path} is gone`;
    const mode = statSync(at).mode & 0o777;
    if (mode !== 0o640) return `${path} has the mode ${mode.toString(8)}`;
    const content = text(at);
    return content === old
      ? "old"
      : isNew(content)
        ? "new"
        : `${path} is neither old nor new: ${content.slice(0, 60)}`;
  };
}

/** Files that were not there before: none, or whole. */
function added(files) {
  return (folder) => {
    const there = Object.entries(files).filter(([path]) => existsSync(join(folder, path)));
    for (const [path, isWhole] of there) {
      if (!isWhole(text(join(folder, path)))) return `${path} is not whole`;
    }
    return there.length === Object.keys(files).length ? "new" : "old";
  };
}

const isPage = (content) => content.startsWith("<!") && content.trimEnd().endsWith("</html>");
const isJson = (content) => {
  try {
    return JSON.parse(content) !== undefined;
  } catch {
    return false;
  }
};
const hasRun = (content) => isJson(content) && content.includes('"42"') && !content.includes("old");

/** The kernel as Jupyter finds it: every file that kernel.json names is there. */
function kernelState(folder) {
  const at = join(folder, "kernels/k");
  const listed = existsSync(join(folder, "kernels")) ? readdirSync(join(folder, "kernels")) : [];
  const stray = listed.find((name) => name !== "k" && /^[a-z0-9._-]+$/i.test(name));
  if (stray !== undefined) return `Jupyter would list ${stray}`;
  if (!existsSync(join(at, "kernel.json"))) return existsSync(at) ? "a kernel without kernel.json" : "none";
  const { argv, display_name: name } = JSON.parse(text(join(at, "kernel.json")));
  if (argv[1] === "main.js") return name;
  if (!existsSync(argv[1])) return `${name}: ${argv[1]} is not there`;
  if (!argv[1].startsWith(folder)) return name;
  return text(join(dirname(argv[1]), "../a/a.js")) === "a" ? name : `${name}: half a package`;
}
const oneOf = (old, fresh) => (folder) => {
  const state = kernelState(folder);
  return state === old ? "old" : state === fresh ? "new" : state;
};

const oldSpec = (folder) => {
  put(
    join(folder, "kernels/k/kernel.json"),
    JSON.stringify({ argv: ["node", "main.js"], display_name: "before", metadata: { isoflop: {} } }),
  );
  put(join(folder, "kernels/k/old.txt"), "old");
};
const cachedPackage = (folder) => {
  const at = join(folder, "_npx/1/node_modules");
  put(join(at, "isoflop-kernel/package.json"), '{"name": "isoflop-kernel", "dependencies": {"a": "*"}}');
  put(join(at, "isoflop-kernel/main.js"), "main");
  put(join(at, "isoflop-kernel/node_modules/a/package.json"), '{"name": "a"}');
  put(join(at, "isoflop-kernel/node_modules/a/a.js"), "a");
};

/**
 * What is stopped: the program and its arguments, the files before, and what is found afterwards: "old", "new", or what is
 * wrong. `isSlow` marks those that start the whole command line or a kernel.
 */
export const cases = [
  {
    name: "a file is written",
    args: (folder) => [writer, "file", join(folder, "deep/er"), "x"],
    state: added({ "deep/er/file.txt": (content) => content === "x".repeat(200_000) }),
  },
  {
    name: "a file is replaced through a link",
    args: (folder) => [writer, "file", join(folder, "link"), "x"],
    prepare(folder) {
      put(join(folder, "real/file.txt"), "old", 0o640);
      mkdirSync(join(folder, "link"));
      symlinkSync("../real/file.txt", join(folder, "link/file.txt"));
    },
    state: replaced("real/file.txt", "old", (content) => content === "x".repeat(200_000), "link/file.txt"),
  },
  {
    name: "a kernel is installed",
    args: (folder) => [writer, "install", folder, "fresh"],
    state: oneOf("none", "fresh"),
  },
  {
    name: "a kernel is replaced",
    args: (folder) => [writer, "install", folder, "fresh"],
    prepare: oldSpec,
    state: oneOf("before", "fresh"),
  },
  {
    name: "a kernel is replaced by a copy of a cached package",
    args: (folder) => [writer, "install", folder, "fresh"],
    prepare(folder) {
      oldSpec(folder);
      cachedPackage(folder);
    },
    state: oneOf("before", "fresh"),
  },
  {
    name: "a kernel is removed",
    args: (folder) => [writer, "uninstall", folder],
    prepare: oldSpec,
    state: oneOf("before", "none"),
    isOnce: true,
  },
  {
    name: "isoflop clean",
    isSlow: true,
    args: (folder) => [bin, "clean", join(folder, "a.ipynb")],
    prepare: (folder) => put(join(folder, "a.ipynb"), notebook(cell("1", [stream])), 0o640),
    state: replaced(
      "a.ipynb",
      notebook(cell("1", [stream])),
      (content) => isJson(content) && !content.includes("old"),
    ),
  },
  {
    name: "isoflop fit --save --report",
    isSlow: true,
    args: (folder) =>
      [
        "fit",
        join(folder, "runs.csv"),
        "--save",
        join(folder, "a.json"),
        "--report",
        join(folder, "out/a.html"),
      ].toSpliced(0, 0, bin),
    prepare: (folder) => put(join(folder, "runs.csv"), runs),
    state: added({ "a.json": isJson, "out/a.html": isPage }),
  },
  {
    name: "isoflop plan --report",
    isSlow: true,
    args: (folder) => [bin, "plan", "--flops", "1e22", "--report", join(folder, "a.html")],
    state: added({ "a.html": isPage }),
  },
  {
    name: "isoflop report --no-run",
    isSlow: true,
    args: (folder) => [bin, "report", "--no-run", join(folder, "books"), "-o", join(folder, "pages")],
    prepare(folder) {
      put(join(folder, "books/a.ipynb"), notebook(cell("1")));
      put(join(folder, "books/index.ipynb"), notebook(cell("2")));
    },
    state: added({
      "pages/a.html": isPage,
      "pages/index-notebook.html": isPage,
      "pages/index.html": isPage,
      "pages/claims.json": isJson,
    }),
  },
  {
    name: "isoflop run, in place",
    isSlow: true,
    args: (folder) => [bin, "run", join(folder, "a.ipynb")],
    prepare: (folder) => put(join(folder, "a.ipynb"), notebook(cell("6 * 7", [stream])), 0o640),
    state: replaced("a.ipynb", notebook(cell("6 * 7", [stream])), hasRun),
  },
  {
    name: "isoflop run -o",
    isSlow: true,
    args: (folder) => [bin, "run", join(folder, "a.ipynb"), "-o", join(folder, "out/b.ipynb")],
    prepare: (folder) => put(join(folder, "a.ipynb"), notebook(cell("6 * 7", [stream]))),
    state: added({ "out/b.ipynb": hasRun }),
  },
  {
    name: "isoflop kernel install --force",
    isSlow: true,
    args: () => [bin, "kernel", "install", "--force", "--name", "k"],
    prepare: oldSpec,
    state: (folder) => {
      const state = kernelState(folder);
      return state === "before" ? "old" : state.startsWith("TypeScript (isoflop)") ? "new" : state;
    },
  },
];
