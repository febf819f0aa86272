// Layouts a second that `searchLayouts` considers (memory, time and rank of each), on this machine.
//   node bench/cost/search.js
import { accelerators, modelShape, searchLayouts } from "isoflop";

const accelerator = accelerators["h100-sxm-80gb"];
const searches = [
  ["Llama-3-8B", 64, { sequenceTokens: 8192, globalBatch: 512 }],
  ["Llama-3-70B", 512, { sequenceTokens: 8192, globalBatch: 1024 }],
  ["Llama-3.1-405B", 2048, { sequenceTokens: 8192, globalBatch: 2048 }],
  ["Mixtral-8x7B", 256, { sequenceTokens: 4096, globalBatch: 1024 }],
  ["DeepSeek-V3", 2048, { sequenceTokens: 4096, globalBatch: 16384 }],
];

/** Layouts a second, the median of three passes after one that does not count. */
export function speeds() {
  return searches.map(([name, devices, options]) => {
    const cluster = { devices, accelerator };
    const passes = Array.from({ length: 4 }, () => {
      const begin = performance.now();
      const found = searchLayouts(modelShape(name), cluster, options);
      return { seconds: (performance.now() - begin) / 1000, found };
    });
    const seconds = passes
      .slice(1)
      .map((pass) => pass.seconds)
      .sort((a, b) => a - b)[1];
    const { considered, fitting, tied } = passes[0].found;
    return { name, devices, considered, fitting, tied, perSecond: Math.round(considered / seconds) };
  });
}

export function rows() {
  const all = speeds();
  const slowest = Math.min(...all.map(({ perSecond }) => perSecond));
  return [
    {
      bar: "layouts a second of a search (memory, time, rank), slowest of five models",
      wanted: ">= 10,000",
      got: `${slowest} (${all.map(({ name, considered, perSecond }) => `${name} ${considered}: ${perSecond}`).join("; ")})`,
      held: slowest >= 10_000,
      howHeldOut: "a measurement of speed; median of three passes on this machine",
    },
  ];
}

if (import.meta.url === `file://${process.argv[1]}`) console.table(speeds());
