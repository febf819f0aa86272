import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { findColumn, parseMap } from "../../../src/tables/chooseColumns.ts";
import { unitOf } from "../../../src/tables/columns/unitOf.ts";
import { type LoadOptions, loadRuns } from "../loadRecords.ts";
import { temporaryFiles } from "../temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (text: string, more: Partial<LoadOptions> = {}) =>
  loadRuns(file(text), chinchilla, { map: [], fields: [], dropBad: false, ...more });
const failure = (text: string, map: string) =>
  load(text, { map: parseMap(map) }).then(
    () => "read",
    (error: Error) => error.message,
  );

describe("columns that are found by their names", () => {
  test.each<[string, string, number?]>([
    ["nParams", "parameter_count"],
    ["nParams", "N Parameters"],
    ["nParams", "num_params"],
    ["nParams", "non_embedding_params"],
    ["nParams", "Params (non-embedding)"],
    ["nParams", "config.model_num_parameters"],
    ["nParams", "params.n_params"],
    ["nParams", "Model Size (B)", 1e9],
    ["nParams", "params_b", 1e9],
    ["nParams", "Parameters [M]", 1e6],
    ["nParams", "params_in_millions", 1e6],
    ["nTokens", "Training Tokens (in billions)", 1e9],
    ["nTokens", "tokens_T", 1e12],
    ["nTokens", "num_input_tokens_seen"],
    ["nTokens", "metrics.tokens"],
    ["flops", "Training compute (PF-days)", 8.64e19],
    ["flops", "compute (EFLOPs)", 1e18],
    ["flops", "FLOPs (1e21)", 1e21],
    ["flops", "total_flos"],
    ["loss", "final_loss"],
    ["loss", "C4 Eval Loss"],
    ["loss", "Final Loss"],
    ["loss", "pile_val_loss"],
    ["loss", "eval/loss"],
    ["loss", "metrics.val_loss"],
    ["loss", "summary.train/loss"],
    ["step", "trainer/global_step"],
    ["step", "_step"],
  ])("%s from %s", (field, column, factor = 1) => {
    expect(findColumn(field, ["other", column, "date"], [])).toMatchObject({ column, factor, given: false });
  });

  test.each([
    ["nParams", "sparams"],
    ["nParams", "Model Size (GB)"],
    ["nParams", "params_std"],
    ["nParams", "optimizer.n"],
    ["nTokens", "tokens_per_second"],
    ["nTokens", "tokens per param"],
    ["loss", "loss_std"],
    ["loss", "config.loss"],
    ["loss", "params.loss"],
    ["loss", "weight loss (kg)"],
    ["loss", "Value"],
    ["flops", "flops_per_second"],
  ])("%s is not guessed from %s", (field, column) => {
    expect(findColumn(field, ["other", column], [])).toBeUndefined();
  });

  test("are told, with what the name says of units", async () => {
    const { runs, notes } = await load(
      "Model,Model Size (B),Training Tokens (B),C4 Eval Loss\na,1.3,26,2.6\nb,7,140,2.25\n",
    );
    expect(runs.map(({ nParams, nTokens, loss }) => [nParams, nTokens, loss])).toEqual([
      [1.3e9, 2.6e10, 2.6],
      [7e9, 1.4e11, 2.25],
    ]);
    expect(notes.slice(0, 3)).toEqual([
      'nParams from column "Model Size (B)" × 1e9 (its name says billions)',
      'nTokens from column "Training Tokens (B)" × 1e9 (its name says billions)',
      'loss from column "C4 Eval Loss"',
    ]);
  });

  test("a name that says billions over counts in ones is refused with the way out", async () => {
    const text = "params_b,tokens,loss\n1300000000,2e10,2.6\n";
    await expect(load(text)).rejects.toThrow(
      /params_b +1\.3e18 +too large: scaled by 1000000000, since the column's name says billions; --map nParams=params_b takes it as it is/,
    );
    const { runs } = await load(text, { map: parseMap("nParams=params_b") });
    expect(runs[0]!.nParams).toBe(1.3e9);
  });

  test("of two that are as good none is taken", async () => {
    await expect(load("params,tokens,pile_val_loss,c4_val_loss\n1e9,2e10,2.5,2.6\n")).rejects.toThrow(
      /\("pile_val_loss"\) and column 4 \("c4_val_loss"\) may both be loss/,
    );
    await expect(load("params_b,params_m,tokens,loss\n1,1000,2e10,2.5\n")).rejects.toThrow(
      /may both be nParams/,
    );
  });

  test("a whole name comes before the end of a path, and one in ones before one in billions", async () => {
    const header = ["config.n_params", "params_b", "params"];
    expect(findColumn("nParams", header, [])?.column).toBe("params");
    expect(findColumn("nParams", header.slice(0, 2), [])?.column).toBe("params_b");
  });

  test("units in other columns mean nothing", () => {
    expect(unitOf("loss", "loss (B)")).toBeUndefined();
    expect(unitOf("nParams", "params (nats)")).toBeUndefined();
  });
});

describe("typos in --map are told with the nearest name", () => {
  const text = "params,tokens,val_loss,note\n1e9,2e10,2.5,x\n";
  test.each([
    [
      "loss=val_los",
      '--map names the column "val_los", which the file has not; did you mean "val_loss"? it has params',
    ],
    [
      "loss=Val_Loss",
      '--map names the column "Val_Loss", which the file has not; did you mean "val_loss"? it has',
    ],
    ["nTokens=tokns", 'did you mean "tokens"?'],
    [
      "loss=perplexity",
      '--map names the column "perplexity", which the file has not; it has params, tokens, val_loss, note',
    ],
    [
      "nParam=params",
      '--map gives nParam=params, but neither the law nor another option has nParam; did you mean "nParams"? there are nParams, nTokens, loss, flops',
    ],
    ["ntokens=tokens", 'did you mean "nTokens"?'],
    ["x=params", "--map gives x=params, but neither the law nor another option has x; there are"],
  ])("%s", async (map, message) => expect(await failure(text, map)).toContain(message));

  test("a name with commas, stars and equals signs is put in quotes", async () => {
    const odd = 'params,tokens,"loss, nats=1*2"\n1e9,2e10,2.5\n';
    const { runs } = await load(odd, { map: parseMap('loss="loss, nats=1*2"*2,nTokens=tokens') });
    expect(runs[0]).toMatchObject({ loss: 5, nTokens: 2e10 });
    expect(() => parseMap('loss="a')).toThrow(/--map takes FIELD=COLUMN/);
    expect(() => parseMap("loss=")).toThrow(/--map takes FIELD=COLUMN/);
  });
});

describe("a suffix in a column whose name scales it, too", () => {
  const text = "params (M),tokens,loss\n70M,2e9,3.5\n160M,3e9,3.25\n";

  test("is refused: 70M would be 7e13", async () => {
    await expect(load(text)).rejects.toThrow(
      /column "params \(M\)": the cell 70M has a suffix, and the column's name scales it by 1000000 once more; say --map 'nParams="params \(M\)"' for the suffix alone/,
    );
  });

  test("is read as --map says", async () => {
    const alone = await load(text, { map: parseMap('nParams="params (M)"') });
    expect(alone.runs.map(({ nParams }) => nParams)).toEqual([70e6, 160e6]);
    const thousands = text.replaceAll("70M", "7k").replaceAll("160M", "16k");
    const both = await load(thousands, { map: parseMap('nParams="params (M)"*1000000') });
    expect(both.runs.map(({ nParams }) => nParams)).toEqual([7e9, 16e9]);
  });
});
