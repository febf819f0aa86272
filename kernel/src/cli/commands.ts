import type { Command } from "commander";

/** Makes the program anew with every command loaded. */
export type WholeProgram = () => Promise<Command>;

export interface CommandEntry {
  name: string;
  /** One line in `isoflop --help`; the command's own module may say more. */
  summary: string;
  /** Imports the command's module and adds the command, so that a module loads only when its command is asked for. */
  add(program: Command, whole: WholeProgram): Promise<void>;
}

/** Every command of `isoflop`, in the order of the help. A new command is a file here beside, and a row. */
export const commands: readonly CommandEntry[] = [
  {
    name: "run",
    summary: "run a notebook and keep its outputs",
    add: async (program) => (await import("./run.ts")).addRunCommand(program),
  },
  {
    name: "report",
    summary: "run notebooks and write HTML pages with the verdict on every claim",
    add: async (program) => (await import("./report.ts")).addReportCommand(program),
  },
  {
    name: "clean",
    summary: "strip notebooks of outputs and counts before a commit",
    add: async (program) => (await import("./clean.ts")).addCleanCommand(program),
  },
  {
    name: "convert",
    summary: "write a notebook as a script, or a script as a notebook",
    add: async (program) => (await import("./convert.ts")).addConvertCommand(program),
  },
  {
    name: "fit",
    summary: "fit a scaling law to a file of runs",
    add: async (program) => (await import("./fit.ts")).addFitCommand(program),
  },
  {
    name: "discover",
    summary: "find the scaling law of a table, and predict with it",
    add: async (program) => (await import("./discover.ts")).addDiscoverCommand(program),
  },
  {
    name: "design",
    summary: "which runs to make next, so that a prediction becomes narrower",
    add: async (program) => (await import("./design.ts")).addDesignCommand(program),
  },
  {
    name: "plan",
    summary: "what to train with a budget: size, tokens, learning rate, batch, loss, time and cost",
    add: async (program) => (await import("./plan.ts")).addPlanCommand(program),
  },
  {
    name: "laws",
    summary: "list the built-in laws",
    add: async (program) => (await import("./laws.ts")).addLawsCommand(program),
  },
  {
    name: "accelerators",
    summary: "list the accelerators that plans and costs know, or show one",
    add: async (program) => (await import("./catalog/accelerators.ts")).addAcceleratorsCommand(program),
  },
  {
    name: "models",
    summary: "exact parameters and KV cache of a model, by name or from its config.json",
    add: async (program) => (await import("./catalog/models.ts")).addModelsCommand(program),
  },
  {
    name: "cost",
    summary: "what training and serving take: time with intervals, memory, energy, money",
    add: async (program) => (await import("./cost/cost.ts")).addCostCommand(program),
  },
  {
    name: "datasets",
    summary: "list, describe and export the published tables",
    add: async (program) => (await import("./datasets.ts")).addDatasetsCommand(program),
  },
  {
    name: "kernel",
    summary: "install the kernel for Jupyter and VS Code, and look after it",
    add: async (program) => (await import("./kernel.ts")).addKernelCommand(program),
  },
  {
    name: "runtime",
    summary: "predict the runtime and price of a request from measured ones",
    add: async (program) => (await import("./runtime.ts")).addRuntimeCommand(program),
  },
  {
    name: "sample",
    summary: "the pass@k curve and its fit from counts of right samples",
    add: async (program) => (await import("./sample.ts")).addSampleCommand(program),
  },
  {
    name: "completion",
    summary: "print a script by which a shell completes commands and options",
    add: async (program, whole) =>
      (await import("./completion/completion.ts")).addCompletionCommand(program, whole),
  },
];
