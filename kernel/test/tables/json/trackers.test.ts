import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { parseMap } from "../../../src/tables/chooseColumns.ts";
import { readColumns } from "../../../src/tables/readColumns.ts";
import { type LoadOptions, loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const json = (content: unknown) => file(JSON.stringify(content), "json");
const load = (content: unknown, more: Partial<LoadOptions> = {}) =>
  loadRuns(json(content), chinchilla, { map: [], fields: [], dropBad: false, ...more });
const expected = [
  { nParams: 1e9, nTokens: 2e10, loss: 2.6, weight: 1 },
  { nParams: 7e9, nTokens: 1.4e11, loss: 2.2, weight: 1 },
];

describe("wandb", () => {
  test("runs of its Python API, config and summary as objects", async () => {
    const runs = [
      {
        id: "a1",
        name: "brisk-sun-1",
        state: "finished",
        config: { n_params: 1e9, lr: 3e-4 },
        summary: { tokens: 2e10, "eval/loss": 2.6, _runtime: 100 },
      },
      {
        id: "a2",
        name: "calm-sea-2",
        state: "finished",
        config: { n_params: 7e9, lr: 3e-4 },
        summary: { tokens: 1.4e11, "eval/loss": 2.2, _runtime: 900 },
      },
    ];
    expect((await load(runs)).runs).toEqual(expected);
  });

  test("an answer of its GraphQL API, maps as texts and settings as values with a description", async () => {
    const node = (name: string, params: number, tokens: number, loss: number) => ({
      node: {
        name,
        config: JSON.stringify({
          n_params: { desc: null, value: params },
          _wandb: { value: { cli_version: "0.16.0" } },
        }),
        summaryMetrics: JSON.stringify({ tokens, "eval/loss": loss, _step: 1000 }),
      },
    });
    const answer = {
      data: { project: { runs: { edges: [node("a", 1e9, 2e10, 2.6), node("b", 7e9, 1.4e11, 2.2)] } } },
    };
    const { runs, notes } = await load(answer);
    expect(runs).toEqual(expected);
    expect(notes).toContain('nParams from column "config.n_params"');
    expect(notes).toContain("the runs of an answer of the wandb API");
  });

  test("a run's summary file is one row, and several files are one table", async () => {
    const { runs, notes } = await load({
      n_params: 1e9,
      tokens: 2e10,
      "eval/loss": 2.6,
      _wandb: { runtime: 10 },
    });
    expect(runs).toEqual([expected[0]]);
    expect(notes).toContain("one row: the file is a single object");
  });

  test("a run that crashed lacks its loss, and is told or counted", async () => {
    const runs = [
      { config: { n_params: 1e9 }, summary: { tokens: 2e10, loss: 2.6 } },
      { config: { n_params: 3e9 }, summary: { tokens: 1e10 } },
      { config: { n_params: 3e9 }, summary: { tokens: 1e10, loss: "NaN" } },
      { config: { n_params: 7e9 }, summary: { tokens: 1.4e11, loss: 2.2 } },
    ];
    await expect(load(runs)).rejects.toThrow(
      /2 of 4 rows [\s\S]*\n +2 +summary\.loss +\(empty\)[\s\S]*\n +3 +summary\.loss +NaN/,
    );
    const { runs: kept, notes } = await load(runs, { dropBad: true });
    expect(kept).toEqual(expected);
    expect(notes).toContain("rows left out: 2 without a number in summary.loss");
  });
});

describe("Hugging Face's trainer_state.json", () => {
  const law = { ...chinchilla, variables: chinchilla.variables.filter(({ name }) => name === "nTokens") };
  const state = (log: readonly object[]) => ({
    best_metric: null,
    best_model_checkpoint: null,
    epoch: 1,
    global_step: 1000,
    is_hyper_param_search: false,
    log_history: log,
    max_steps: 1000,
    num_train_epochs: 1,
    total_flos: 1.2e17,
  });
  const log = [
    { epoch: 0.25, learning_rate: 3e-4, loss: 4.5, step: 250 },
    { epoch: 0.5, learning_rate: 2e-4, loss: 4.0, step: 500 },
    { epoch: 0.5, eval_loss: 4.1, eval_runtime: 3.2, eval_samples_per_second: 31.2, step: 500 },
    { epoch: 0.75, learning_rate: 1e-4, loss: 3.75, step: 750 },
    { epoch: 1, learning_rate: 0, loss: 3.5, step: 1000 },
    { epoch: 1, eval_loss: 3.625, eval_runtime: 3.3, eval_samples_per_second: 30.9, step: 1000 },
    { epoch: 1, step: 1000, total_flos: 1.2e17, train_loss: 3.94, train_runtime: 900.1 },
  ];
  const steps = (content: unknown, map: string, more: Partial<LoadOptions> = {}) =>
    loadRuns(json(content), law, { map: parseMap(map), fields: [], dropBad: false, ...more });

  test("losses by step", async () => {
    const { runs, notes } = await steps(state(log), "nTokens=step*1e6");
    expect(runs.map(({ nTokens, loss }) => [nTokens, loss])).toEqual([
      [2.5e8, 4.5],
      [5e8, 4],
      [7.5e8, 3.75],
      [1e9, 3.5],
    ]);
    expect(notes).toEqual([
      'nTokens from column "step" × 1000000',
      'loss from column "loss" (not eval_loss, train_loss; --map loss=… takes another)',
      "the log of a Hugging Face trainer: 4 steps",
    ]);
  });

  test("evaluation losses by step, the steps without one passed over and told", async () => {
    const { runs, notes } = await steps(state(log), "nTokens=step*1e6,loss=eval_loss");
    expect(runs.map(({ nTokens, loss }) => [nTokens, loss])).toEqual([
      [5e8, 4.1],
      [1e9, 3.625],
    ]);
    expect(notes).toContain("2 of 4 rows of the log, which lack one of step, eval_loss, were passed over");
  });

  test("a loss that is NaN is told, not passed over", async () => {
    const bad = JSON.stringify(state(log)).replace('"loss":3.75', '"loss":NaN');
    const path = file(bad, "json");
    const read = loadRuns(path, law, { map: parseMap("nTokens=step*1e6"), fields: [], dropBad: false });
    await expect(read).rejects.toThrow(/1 of 4 rows[\s\S]* 3 +loss +NaN/);
  });

  test("a step logged twice, as after a restart, counts once and is told", async () => {
    const twice = state([...log, { epoch: 0.75, loss: 3.7, step: 750 }]);
    const { runs, notes } = await steps(twice, "nTokens=step*1e6");
    expect(runs.map(({ loss }) => loss)).toEqual([4.5, 4, 3.7, 3.5]);
    expect(notes).toContain("loss is logged twice for 1 steps; the later one counts");
  });

  test("a log without entries has no rows", async () => {
    await expect(steps(state([]), "nTokens=step*1e6")).rejects.toThrow(/has no rows of data|has no column/);
  });
});

describe("lm-eval's results", () => {
  const results = {
    results: {
      arc_easy: { "acc,none": 0.5, "acc_stderr,none": 0.01, "acc_norm,none": 0.45, alias: "arc_easy" },
      gsm8k: {
        "exact_match,strict-match": 0.1,
        "exact_match,flexible-extract": 0.2,
        "exact_match_stderr,strict-match": 0.01,
        alias: "gsm8k",
      },
      hellaswag: { "acc,none": 0.4, "acc_stderr,none": "N/A", alias: "hellaswag" },
    },
    group_subtasks: {},
    configs: { arc_easy: { task: "arc_easy" } },
    versions: { arc_easy: 1, gsm8k: 3, hellaswag: 1 },
    "n-shot": { arc_easy: 0, gsm8k: 5, hellaswag: 0 },
    config: {
      model: "hf",
      model_args: "pretrained=EleutherAI/pythia-160m",
      model_num_parameters: 162322944,
      batch_size: "8",
    },
    git_hash: "abc",
    model_name: "EleutherAI/pythia-160m",
  };

  test("one row a task, with metrics by their names", async () => {
    const { texts, numbers, notes } = await readColumns(json(results), (header) => {
      expect(header).toEqual([
        ..."task model_name n_shot acc acc_stderr acc_norm".split(" "),
        ..."config.model config.model_args config.model_num_parameters config.batch_size".split(" "),
        ..."exact_match.strict-match exact_match.flexible-extract exact_match_stderr.strict-match".split(" "),
      ]);
      return { numbers: ["acc", "n_shot", "config.model_num_parameters"], texts: ["task", "model_name"] };
    });
    expect(texts.get("task")).toEqual(["arc_easy", "hellaswag"]);
    expect([...numbers.get("acc")!]).toEqual([0.5, 0.4]);
    expect([...numbers.get("config.model_num_parameters")!]).toEqual([162322944, 162322944]);
    expect(notes).toEqual([
      "results of lm-eval: one row a task, 3 tasks",
      "1 of 3 rows of the log, which lack one of acc, n_shot, config.model_num_parameters, were passed over",
    ]);
  });

  test("one task of several models, by a condition on the task", async () => {
    const law = { ...chinchilla, variables: chinchilla.variables.filter(({ name }) => name === "nParams") };
    const { runs } = await loadRuns(json(results), law, {
      map: parseMap("loss=acc"),
      fields: [],
      dropBad: false,
      where: {
        text: "task = arc_easy",
        numbers: [],
        texts: ["task"],
        holds: (row) => row.text("task") === "arc_easy",
      },
    });
    expect(runs).toEqual([{ nParams: 162322944, loss: 0.5, weight: 1 }]);
  });
});

test("what TensorBoard's page downloads as JSON", async () => {
  const { numbers } = await readColumns(
    json([
      [1.7e9, 10, 4.5],
      [1.7e9 + 5, 20, 4.25],
    ]),
    (header) => ({
      numbers: header,
      texts: [],
    }),
  );
  expect([...numbers.get("Step")!]).toEqual([10, 20]);
  expect([...numbers.get("Value")!]).toEqual([4.5, 4.25]);
});
