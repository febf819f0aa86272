// In the build for Node, stands for src/formula/mathjs.ts. What is imported and missing stops a program before a line
// of it has run, so that nothing could say what to install; and mathjs takes longer to load than the rest by far, so it
// is loaded for the first formula.
import { createRequire } from "node:module";

let number;

export const mathjs = {
  get parse() {
    number ??= load();
    return number.parse;
  },
};

function load() {
  try {
    return createRequire(import.meta.url)("mathjs/number");
  } catch (cause) {
    if (cause.code !== "MODULE_NOT_FOUND") throw cause;
    throw new Error(
      "isoflop/formula reads formulas with mathjs, which is not installed: npm install mathjs@15",
      { cause },
    );
  }
}
