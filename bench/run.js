// npm run bench -- NAME [options]: runs bench/NAME.js, which exports main(args).
import { existsSync, readdirSync } from "node:fs";

const [name = "", ...args] = process.argv.slice(2);
const file = new URL(`./${name}.js`, import.meta.url);
if (!/^[a-z][\w-]*$/i.test(name) || name === "run" || !existsSync(file)) {
  const names = readdirSync(new URL(".", import.meta.url))
    .filter((each) => each.endsWith(".js") && each !== "run.js")
    .map((each) => each.slice(0, -3));
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exit(2);
}
await (await import(file.href)).main(args);
