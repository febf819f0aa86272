// The plan of the house. In each package a room may import the rooms that stand before it, never one after it; a folder
// that is not named belongs to the room around it. CONTRIBUTING shows this table (`npm run docs` writes it there) and
// `npm run lint` holds the sources to it.

export const packages = [
  {
    folder: "helpers/src",
    name: "isoflop",
    ours: [],
    node: false,
    floors: [
      {
        rooms: [
          "format",
          "numerics/linear",
          "numerics/random",
          "numerics/distributions",
          "numerics",
          "numerics/lines",
        ],
        holds: "numbers and text as people read them; linear algebra, random numbers, distributions, lines",
      },
      {
        rooms: [
          "laws/definition",
          "laws/power",
          "laws/chinchilla",
          "laws/kaplan",
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
          "cost",
        ],
        holds: "the fitting engine and its uncertainty; parameters, bytes and FLOPs",
      },
      {
        rooms: [
          "isoflop",
          "judgement",
          "training",
          "training/vocabulary",
          "training/hyperparameters",
          "training/kaplan",
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
          "approaches 1 to 3; how far to believe a fit; the laws of training and of inference, a folder a topic",
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
    floors: [{ rooms: ["csv", "tables"], holds: "reading a table; one loader a table, named after it" }],
  },
];
