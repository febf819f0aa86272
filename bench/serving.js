// npm run bench -- serving [NAME ...]: every bar of the serving helpers, what was reached, and how it was held out. NAME is a module
// of bench/serving/; without a name all of them, in some ten minutes, as accuracy, intervals and others calibrate without each group.
import { collect, partsOf } from "./collect.js";

const parts = partsOf("serving", ["calibrationTruth", "leftOut", "runtimeDesigns", "runtimeOutliers"]);

export const main = (names) => collect("serving", parts, names);
