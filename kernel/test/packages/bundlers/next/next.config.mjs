import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// What is installed lies two folders above.
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

export default {
  distDir: process.env.DIST,
  turbopack: { root },
  outputFileTracingRoot: root,
};
