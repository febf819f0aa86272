import { readFileSync } from "node:fs";
import * as isoflop from "isoflop";
import {
  approach2,
  besiroglu2024,
  chinchilla,
  computeOptimal,
  countParams,
  fit,
  fitCoverage,
  fitDensingLaw,
  fitSizeReference,
  fitVisionTokens,
  hoffmann2022,
  holdOut,
  huber,
  kaplanCrossing,
  l1,
  likelihoodRatioTest,
  modelShape,
  passAtK,
  planTraining,
  residualDiagnostics,
  squared,
  stepLaw,
  vocabularyApproach3,
  vocabularySize,
} from "isoflop";
import * as danfo from "isoflop/danfo";
import * as formula from "isoflop/formula";
import * as datasets from "isoflop-datasets";
import { expect, test } from "vitest";

// What others build on: the public names, and numbers from every room to the last bit. The recorded files say what
// stood before. A change on purpose is written by `npx vitest run --project pure helpers/test/surface -u`, shows in the
// diff, and where a name goes or a number moves the changelog says why.

const howToRecord =
  "a change on purpose is recorded by: npx vitest run --project pure helpers/test/surface -u";

test("the public names are the recorded ones", async () => {
  const names = Object.entries({
    isoflop,
    "isoflop/formula": formula,
    "isoflop/danfo": danfo,
    "isoflop-datasets": datasets,
  }).flatMap(([specifier, module]) => Object.keys(module).map((name) => `${specifier} ${name}`));
  await expect(`${names.sort().join("\n")}\n`, howToRecord).toMatchFileSnapshot("names.txt");
});

const engine = `V8 ${process.versions.v8.split(".").slice(0, 2).join(".")}`;

test("numbers from every room are the recorded ones: to the bit on the engine that recorded them", async () => {
  const numbers = Object.entries(await numbersOfEveryRoom());
  const recorded = readFileSync(new URL("numbers.txt", import.meta.url), "utf8")
    .trim()
    .split("\n");
  if (recorded[0] === engine || expect.getState().snapshotState.snapshotUpdateState === "all") {
    const lines = [engine, ...numbers.map(([name, value]) => `${name} ${value}`)];
    await expect(`${lines.join("\n")}\n`, howToRecord).toMatchFileSnapshot("numbers.txt");
    return;
  }
  // Another V8 rounds `**` and sums otherwise: the sandwich, which differentiates numerically, moves by 4e-12.
  expect(recorded.length - 1).toBe(numbers.length);
  for (const [k, [name, value]] of numbers.entries()) {
    expect(recorded[k + 1]!.startsWith(`${name} `), name).toBe(true);
    const before = Number(recorded[k + 1]!.slice(name.length + 1));
    expect(Math.abs(value / before - 1), name).toBeLessThan(1e-9);
  }
});

async function numbersOfEveryRoom(): Promise<Record<string, number>> {
  const runs = datasets.chinchillaFigure4().filter((run) => !run.isOutlier);
  const refit = fit(chinchilla, runs, { loss: huber(1e-3) });
  const lad = fit(chinchilla, runs, { loss: l1() });
  const point = { nParams: 70e9, nTokens: 1.4e12 };
  const flops = 5.88e23;
  const replicates = await refit.bootstrap({ resamples: 200, seed: 42, threads: 1 });
  const profiles = approach2(
    datasets
      .isoflopsPublished()
      .filter(({ experiment }) => experiment === "epochai_chinchilla__massivetext__chinchilla")
      .map((run) => ({ ...run, flops: run.flopsBudget })),
    { seed: 42 },
  );
  const scored = datasets
    .baseModelScores()
    .flatMap(({ nParams, mmlu, releaseDate, ...model }) =>
      nParams === undefined || mmlu === undefined || releaseDate === undefined
        ? []
        : [{ ...model, nParams, releaseDate, score: mmlu }],
    );
  const reference = fitSizeReference(
    scored.filter(({ family }) => family === "Llama-2"),
    { floor: 0.25, ceiling: 1 },
  );
  const pass = [1, 10, 100, 1000].map((k) => ({ k, coverage: passAtK(10_000, 37, k) }));
  const vision = datasets
    .vlmTokenScaling()
    .flatMap(({ taskGroup, meanError, ...run }) =>
      taskGroup === "ocr" || meanError === undefined ? [] : [{ ...run, error: meanError }],
    );
  const ratio = likelihoodRatioTest(hoffmann2022, lad, runs, { degreesOfFreedom: 5 });
  return {
    "objective of the Huber fit": refit.objective,
    "alpha of the Huber fit": refit.parameters.alpha,
    "alpha of the L1 fit": lad.parameters.alpha,
    "objective of the least-squares fit": fit(chinchilla, runs, { loss: squared() }).objective,
    "predicted loss of Chinchilla": refit.predict(point),
    "standard error of alpha, sandwich": refit.covariance().standardErrors.alpha,
    "standard error of alpha, 200 replicates": replicates.standardErrors.alpha,
    "lower 95 % limit of alpha, 200 replicates": replicates.interval("alpha")[0],
    "lower 95 % limit of alpha, BCa": replicates.interval("alpha", 0.95, { method: "bca" })[0],
    "lower 95 % limit of beta, profile": refit.profile("beta").interval[0],
    "lower 95 % limit of one more run": refit.predictionInterval(point, { kind: "new-run" })[0],
    "alpha without the first run": refit.leaveOneOut()[0]!.alpha,
    "optimal parameters at 5.88e23 FLOPs": computeOptimal(refit, { flops }).nParams,
    "exponent a of approach 2": profiles.a,
    "hold-out error above 1e21 FLOPs": holdOut(chinchilla, runs, (run) => run.flops > 1e21).meanAbsoluteError,
    "p of the likelihood ratio": ratio.pValue,
    "kurtosis of the residuals": residualDiagnostics(refit).excessKurtosis,
    "planned parameters at 1e24 FLOPs": planTraining({ flops: 1e24, law: besiroglu2024 }).nParams.value,
    "Step Law's learning rate": stepLaw({ nParams: 1e9, nTokens: 100e9 }).learningRate,
    "vocabulary of a 70B model": vocabularySize(vocabularyApproach3, { nParams: 70e9 }).vocabSize,
    "Kaplan's crossing": kaplanCrossing().loss,
    "exponent of a coverage law": fitCoverage(pass).b,
    "densing: doubling time in days": fitDensingLaw(scored, reference).doublingDays,
    "vision: exponent of the parameters": fitVisionTokens(vision).alpha,
    "parameters of DeepSeek-V3": countParams(modelShape("DeepSeek-V3")).total,
  };
}
