// The plan of the house. In each package a room may import the rooms that stand before it, never one after it; a folder
// that is not named belongs to the room around it. CONTRIBUTING shows this table (`npm run docs` writes it there) and
// `npm run lint` holds the sources to it.

export const packages = [
  {
    folder: "helpers/src",
    name: "isoflop",
    ours: [],
    node: false,
    top: ["version.ts"],
    subpaths: ["formula", "danfo"],
    floors: [
      {
        rooms: [
          "numerics/arguments",
          "numerics",
          "numerics/linear",
          "numerics/random",
          "numerics/distributions",
          "numerics/lines",
          "format",
        ],
        holds:
          "argument checks, quantiles, minima and roots; linear algebra, random numbers, distributions, lines; numbers and text as people read them",
      },
      {
        rooms: [
          "laws/definition",
          "laws/power",
          "laws/chinchilla",
          "laws/kaplan",
          "laws/mixture",
          "laws/vocabulary",
          "laws/downstream",
          "laws",
          "claims",
          "catalog",
        ],
        holds:
          "what a law is, a folder a family; claims and verdicts; models and accelerators (data and types)",
      },
      {
        rooms: [
          "fit/losses",
          "fit/objective",
          "fit/search/projection",
          "fit/search",
          "fit/uncertainty",
          "fit/uncertainty/bootstrap",
          "fit",
          "fit/groups",
          "fit/mixed",
          "fit/constrained",
          "fit/likelihood",
          "cost",
        ],
        holds:
          "the fitting engine and its uncertainty, joint and mixed fits, likelihoods; parameters, bytes and FLOPs",
      },
      {
        rooms: [
          "isoflop",
          "judgement",
          "discover/grammar",
          "discover/fit",
          "discover/table",
          "discover/choice",
          "discover",
          "discover/design",
          "training",
          "training/vocabulary",
          "training/hyperparameters",
          "training/kaplan",
          "training/mixtures",
          "training/trajectory",
          "training/schedules",
          "inference/sampling",
          "inference/densing",
          "inference/runtime",
          "inference/lifetime",
          "inference/retrieval",
          "inference/vision",
          "inference/compression",
          "inference",
        ],
        holds:
          "approaches 1 to 3; how far to believe a fit; the search for the law of a table, and which runs to make next; the laws of training and of inference, a folder a topic",
      },
      {
        rooms: ["plan", "figures", "widgets"],
        holds: "what to train; figures; panels of a report",
      },
      { rooms: ["formula", "danfo"], apart: true, holds: "subpaths with optional peers: mathjs, danfojs" },
    ],
  },
  {
    folder: "datasets/src",
    name: "isoflop-datasets",
    ours: [],
    node: true,
    flat: ["tables"],
    subpaths: ["csv"],
    floors: [{ rooms: ["csv", "tables"], holds: "reading a table; one loader a table, named after it" }],
  },
  {
    folder: "kernel/src",
    name: "isoflop-kernel",
    ours: ["isoflop", "isoflop-datasets"],
    node: true,
    browser: ["browser"],
    // What the specifiers of a cell stand for; the loader knows them by address only.
    entries: ["session/index.ts", "session/tslab.ts", "session/deno/namespace.ts"],
    computed: [
      "session/modules/kernelModules.ts",
      "cli/kernel.ts",
      // Their modules are bundled, which no source is.
      "server/main.ts",
      "session/executor/main.ts",
    ],
    subpaths: ["session", "notebook", "report"],
    floors: [
      {
        rooms: [
          "typescript",
          "tsconfig",
          "protocol/schemas",
          "protocol/zmtp",
          "protocol",
          "files",
          "text",
          "tables",
        ],
        holds:
          "where TypeScript is; what a tsconfig.json says; what messages may hold; the wire and its sockets; places where files are written and read; tables and lines as wide as the terminal; people's tables: readers, column guesses, row checks",
      },
      {
        rooms: [
          "session/messages",
          "session/processes",
          "session/watchdog",
          "session/maps",
          "session/errors",
          "session/frontend",
          "session/compile",
          "session/modules",
          "session/display",
          "session/deno",
          "session",
          "session/globals",
          "session/executor",
        ],
        holds:
          "what runs inside the process of the cells: messages, texts that know where their pieces come from, display, what cells see as Deno, modules, the compiled cell, its execution",
      },
      {
        rooms: [
          "language/cells",
          "language/reader",
          "language/magics",
          "language/server",
          "language/answers",
          "language/project",
          "language",
        ],
        holds:
          "the type checker behind the cells: their document, how it is read, TypeScript's server, its answers",
      },
      {
        rooms: ["server/syntax", "server/debug", "server/executor", "server/cells", "server"],
        holds: "the kernel's own process: the queue of cells, the executor and the debugger from outside",
      },
      {
        rooms: ["notebook", "report", "kernelspec"],
        holds: "notebooks read, run, cleaned and written; pages of HTML; Jupyter's kernelspecs",
      },
      {
        rooms: [
          "answers/laws",
          "answers/datasets",
          "answers/fit",
          "answers/discover",
          "answers/design",
          "answers/plan",
          "answers/runtime",
          "answers/sampling",
        ],
        holds: "what the commands compute and say, for notebook, page and package too",
      },
      { rooms: ["cli"], apart: true, holds: "the command line: parse, call, print" },
      { rooms: ["browser"], apart: true, holds: "what a report runs in the reader's browser" },
    ],
  },
];
