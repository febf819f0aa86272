// In the build for Node, stands for src/formula/mathjs.ts. What is imported and missing stops a program before a line
// of it has run, so that nothing could say what to install; and mathjs takes longer to load than the rest by far, so it
// is loaded for the first formula.
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";

let number;

export const mathjs = {
  get parse() {
    number ??= load();
    return number.parse;
  },
};

/** The mathjs beside this package or, where the two do not lie side by side (global installs, links), beside the program. */
function load() {
  let missing;
  for (const place of [import.meta.url, ...programs()]) {
    try {
      return createRequire(place)("mathjs/number");
    } catch (cause) {
      if (cause.code !== "MODULE_NOT_FOUND") throw cause;
      missing ??= cause;
    }
  }
  throw new Error(
    "isoflop/formula reads formulas with mathjs, which is not installed: npm install mathjs@15",
    { cause: missing },
  );
}

function programs() {
  try {
    return [realpathSync(process.argv[1])]; // what npm puts into a folder of programs is a link
  } catch {
    return []; // code from a command line or a pipe, or a program that may not read
  }
}
