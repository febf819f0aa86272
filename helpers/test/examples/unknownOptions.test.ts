import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { docExamples } from "./extractExamples.ts";
import { type Modules, runExample } from "./runExample.ts";

// A misspelt option that is left alone is one that was not set. Every example is run with each object it hands to a
// public function given one field more: the function must refuse it, unless the object is one of those below.

const root = new URL("../../../", import.meta.url);
const examples = ["helpers/src", "datasets/src"].flatMap((folder) =>
  docExamples(fileURLToPath(new URL(folder, root)), folder),
);
const accepted = new Set<string>();
const tried = new Set<string>();

const isPlain = (value: unknown): value is object =>
  value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;

async function acceptsMore(call: (...args: unknown[]) => unknown, args: unknown[], k: number) {
  try {
    await call(...args.map((arg, j) => (j === k ? { ...(arg as object), zzz: 1 } : arg)));
    return true;
  } catch {
    return false;
  }
}

/** The same module, whose functions are first tried with a field that they cannot know. */
async function trying(module: Record<string, unknown>): Promise<Record<string, unknown>> {
  const entries = Object.entries(module).map(([name, value]) => {
    if (typeof value !== "function" || /^class\b/.test(Function.prototype.toString.call(value)))
      return [name, value];
    const call = value as (...args: unknown[]) => unknown;
    const instead = (...args: unknown[]) => {
      for (const [k, arg] of args.entries()) {
        const place = `${name} ${k + 1}`;
        if (!isPlain(arg) || tried.has(place)) continue;
        tried.add(place);
        pending.push(
          acceptsMore(call, args, k).then((yes) => {
            if (yes) accepted.add(place);
          }),
        );
      }
      return call(...args);
    };
    return [name, instead];
  });
  return Object.fromEntries(entries);
}
const pending: Promise<void>[] = [];

const modules: Modules = {
  isoflop: async () => trying(await import("isoflop")),
  "isoflop/formula": async () => trying(await import("isoflop/formula")),
  "isoflop/danfo": () => import("isoflop/danfo"),
  "isoflop-datasets": async () => trying(await import("isoflop-datasets")),
  "isoflop-datasets/csv": async () => trying(await import("isoflop-datasets/csv")),
};

/**
 * Arguments that are no options: laws, fits and columns, records of which every field is needed, so that none is missed,
 * and what people take from the rows of their tables (`computeClass`, `deepseekFlops`) or describe their models with, which
 * have other fields too: of those only what is nearly a field is refused.
 */
const records = `
acceptedAccuracy 1, adapterParams 1, allocate 1, asymmetric 1, asymmetric 2, blockTensors 1, bootstrapDensingLaw 2,
breakEvenBatch 2, calibrateParts 1, chain 2, checkLayout 1, chinchillaAllocation 1, chinchillaInBillions 1,
compareAllocations 1, compareParts 1, compareParts 2, compareParts 3, computeClass 1, computeOptimal 1,
computeOptimalTokens 1, correctParabolas 2, countParams 1, curveErrors 1, decayingExponentsLoss 1, deepseekFlops 1,
deepseekHyperparameters 1, defineTable 2, denseTransformerFlops 1, density 1, density 2, describeServing 1,
dirichletShares 1, drawLaws 1, drawParts 1, effectiveParams 1, engineClock 1, estimateEngine 1, estimateServing 1,
evaluatePowerLaw 1, evaluatePowerLaw 2, excessOnGrid 2, expectedDistinctExperts 1, extrapolationDistance 2,
fineTuningBytes 1, fit 1, fitColumns 1, fitColumns 2, fitConstrained 1, fitDensingLaw 2, fitGroups 1,
fitLikelihood 1, fitMixed 1, fitResponses 1, fitSizeReference 2, fitVocabularyDerivative 2, fittedMixture 2,
forwardFlops 1, halvingTime 1, hasExperts 1, holdOut 1, impossibleRow 1, impossibleRow 2, independentDifference 1,
independentDifference 2, informationGain 1, isModel 1, kaplanComputeExponents 1, kvCache 1, kvCacheBytes 1,
kvTransferSeconds 1, lawFromSpecification 1, learningRates 1, leastLossVocabulary 1, leastLossVocabulary 2,
leaveOut 1, lifetimeOptimum 1, lifetimePlan 1, likelihoodRatioTest 1, lineCrossing 1, lineCrossing 2, loadCurve 1,
logLikelihood 1, lossAtStep 1, lossContourFigure 1, matchFlops 1, matchFlops 2, measuredServingOf 1,
memoryFigure 1, memoryFits 1, memoryPanel 1, mixtureScores 1, mixtureSlopes 2, modelBlocks 1, modelFlopsPerToken 1,
modelFromConfig 1, modelFromShape 1, modelRoofline 1, modelRoofline 2, moeFlopsPerToken 1, moeLoss 1, moeParams 1,
moeShape 1, narrowCalibration 1, nodesAllReduceSeconds 4, nodesAllReduceSeconds 5, optimalHyperparameters 1,
optimalMixture 1, optimalSamples 1, optimalTokenMultiplier 1, optimalVisionTokens 1, optional 1,
parabolaVertexShift 1, paretoFrontier 2, peakOf 1, permuteReleaseDates 2, posteriorWeightedReward 1, predict 1,
predict 2, predict 3, predictParts 1, predictParts 2, predictRetrieval 1, predictRetrieval 2, predictRetrieval 3,
predictRuntime 1, predictRuntime 2, readPartsRecord 1, readPartsRecord 2, readServingRow 1, readTrainingRow 1,
recurrentState 1, renormaliseShares 1, repetitionCost 1, repetitionCost 2, retrievalTrainingFlops 1,
rooflineFigure 1, routedCutoff 1, routedOnDense 1, runGroup 1, runtimeCost 2, runtimeInterval 1, runtimeInterval 2,
runtimeRowsOf 1, sampleReward 1, samplingFlops 1, saturatedExperts 2, scenarioMemory 1, scheduleTable 1,
searchLayouts 1, searchServing 1, servedOptimum 1, servedPlan 1, servingEstimator 1, servingLabels 1,
servingMemory 1, servingOf 1, servingOf 2, servingParts 1, servingRows 1, servingRowsOf 1, servingSays 1, simulateScenario 1,
simulateSearch 1, simulateSweep 1, simulatedMixture 1, singleStepNote 2, stepLaw 1, stepsToLoss 1,
syntheticRecovery 1, tensorSize 1, textModel 1, timeScenario 1, timedRunOf 1, tokensForLoss 1, tokensForLoss 2,
trainingMemory 1, trainingStep 1, trainingStep 3, trainingTimer 1, trainingTimer 2, unpackModel 1, updateParts 1,
usdPerMillionTokens 1, valleyErrors 1, visionError 1, visionError 2, vocabularySize 1, vocabularySize 2,
weightBytes 1, weightOnlySpeedup 1, weightOnlySpeedup 2, withParameters 1, withoutEachGrid 2, writePartsRecord 1
`;

test("an option that no function knows is refused by each, in every example", {
  timeout: 120_000,
}, async () => {
  for (const { code } of examples) await runExample(code, modules);
  await Promise.all(pending);
  expect(tried.size).toBeGreaterThan(100);
  expect([...accepted].sort()).toEqual(records.trim().split(/,\s+/));
});
