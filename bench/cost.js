// npm run bench -- cost [NAME ...]: every bar of the cost helpers, what was reached, and how it was held out. NAME is one of
// memory, memoryMeasured, models, order, peers, runs, search, time; without a name all of them, in about a minute and a half.
import { collect } from "./collect.js";

const parts = ["memory", "memoryMeasured", "models", "peers", "search", "order", "runs", "time"];

export const main = (names) => collect("cost", parts, names);
