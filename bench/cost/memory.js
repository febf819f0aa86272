// node bench/cost/memory.js: closed forms of memory and of trained parameters beside what papers and documentation print.
// Nothing is fitted, so nothing is held out: each row says what the printed figures are compared with.
import { pathToFileURL } from "node:url";
import {
  adapterParams,
  countParams,
  deepSpeedZero2Estimate,
  deepSpeedZero3Estimate,
  modelShape,
  openElmModel,
  zeroMaxParams,
  zeroStateBytes,
} from "isoflop";
import {
  deepSpeedEstimates,
  molaTrainableParams,
  openElmConfigs,
  zeroMaxModels,
  zeroModelStates,
} from "isoflop-datasets";

const howHeldOut = "closed form, nothing is fitted";

export function rows() {
  return [...zeroStates(), ...zeroLargest(), deepSpeed(), mola(), openElm()];
}

function zeroStates() {
  const cells = zeroModelStates().map(({ nParams: params, dataParallel, stage, printedGb }) => {
    const gb = zeroStateBytes({ params, dataParallel, stage }).total / 1e9;
    const digits = printedGb.split(".")[1]?.length ?? 0;
    const cut = Math.floor(gb * 10 ** digits) / 10 ** digits;
    const off = Math.abs(gb / Number(printedGb) - 1);
    return { off, isAsPrinted: gb.toFixed(digits) === printedGb || cut.toFixed(digits) === printedGb };
  });
  const within = cells.filter(({ off }) => off <= 0.003);
  const asPrinted = cells.filter(({ isAsPrinted }) => isAsPrinted);
  return [
    {
      bar: "ZeRO Table 1, cells within .3 %",
      wanted: 54,
      got: within.length,
      held: within.length === 54,
      howHeldOut: `${howHeldOut}; the 54th is printed as 0.12 where 0.1171875 is meant`,
    },
    {
      bar: "ZeRO Table 1, cells as printed once rounded or cut",
      wanted: 54,
      got: asPrinted.length,
      held: asPrinted.length === 54,
      howHeldOut,
    },
  ];
}

function zeroLargest() {
  const theory = zeroMaxModels().filter(({ kind }) => kind === "theory");
  const off = theory.map(({ modelParallel, stage, printedBillions }) => {
    const params = zeroMaxParams({ memoryBytes: 32e9, dataParallel: 64, stage, modelParallel });
    return { modelParallel, off: Math.abs(params / 1e9 / Number(printedBillions) - 1) };
  });
  const within = (cells) => cells.filter(({ off }) => off <= 0.01).length;
  const first = off.filter(({ modelParallel }) => modelParallel <= 2);
  return [
    {
      bar: "ZeRO Table 2, largest models of 1 and 2 model-parallel parts within 1 %",
      wanted: 8,
      got: within(first),
      held: within(first) === 8,
      howHeldOut,
    },
    {
      bar: "ZeRO Table 2, all cells within 1 %",
      wanted: 20,
      got: within(off),
      held: within(off) === 20,
      howHeldOut: `${howHeldOut}; 512, 1,024 and 2,048 are printed as 500, 1000 and 2000`,
    },
  ];
}

function deepSpeed() {
  const gib = (bytes) => (bytes / 2 ** 30).toFixed(2);
  let equal = 0;
  for (const row of deepSpeedEstimates()) {
    const { nParams: params, gpusPerNode, nodes, offloadOptimizer, offloadParams, zeroInit } = row;
    const cluster = { params, gpusPerNode, nodes, offloadOptimizer };
    const { largestLayerParams } = row;
    const { cpuBytes, gpuBytes } =
      row.stage === 2
        ? deepSpeedZero2Estimate({ ...cluster, rule: "documented" })
        : deepSpeedZero3Estimate({ ...cluster, largestLayerParams, offloadParams, zeroInit });
    equal += Number(gib(cpuBytes) === row.printedCpuGib) + Number(gib(gpuBytes) === row.printedGpuGib);
  }
  const bar = "DeepSpeed's printed estimates, equal to the digit";
  return { bar, wanted: 44, got: equal, held: equal === 44, howHeldOut };
}

function mola() {
  const llama = modelShape("Llama-2-7B");
  const methods = {
    "Full-Parameter": { kind: "full" },
    "Prompt Tuning": { kind: "prompt", tokens: 40 },
    "LLaMA-Adapter": { kind: "llama-adapter", tokens: 40 },
    "LoRA r=64": { kind: "lora", rank: 64 },
  };
  const exact = molaTrainableParams().filter((row) => {
    const method = row.expertsPerGroup
      ? { kind: "mola", rank: 8, experts: [...row.expertsPerGroup].map(Number) }
      : methods[row.method];
    return adapterParams(llama, method).trainable === row.trainableParams;
  });
  const how = `${howHeldOut}; rank 8 and 40 tokens are read off the counts`;
  return {
    bar: "MoLA Table 1, exact counts",
    wanted: 15,
    got: exact.length,
    held: exact.length === 15,
    howHeldOut: how,
  };
}

function openElm() {
  // From the published rule run in Python, apart from this package.
  const counts = [271527168, 457179136, 1079891456, 3036647424];
  const exact = openElmConfigs().filter(({ nLayers, hiddenSize, headSize }, i) => {
    const model = openElmModel({ nLayers, hiddenSize, headSize, vocabSize: 32000 });
    return countParams(model).total === counts[i];
  });
  const bar = "OpenELM, counts as the published rule gives them";
  return { bar, wanted: 4, got: exact.length, held: exact.length === 4, howHeldOut };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { bar, wanted, got, held, howHeldOut: how } of rows()) {
    console.log(`${held ? "held  " : "missed"} ${bar}: ${got} of ${wanted} (${how})`);
  }
}
