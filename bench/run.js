// npm run bench -- NAME [options]: runs bench/NAME.js, which exports main(args). `--help` shows what it says of itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const [name = "", ...args] = process.argv.slice(2);
const file = new URL(`./${name}.js`, import.meta.url);
if (!/^[a-z][\w-]*$/i.test(name) || ["collect", "run"].includes(name) || !existsSync(file)) {
  const names = readdirSync(new URL(".", import.meta.url))
    .filter((each) => each.endsWith(".js") && !["collect.js", "run.js"].includes(each))
    .map((each) => each.slice(0, -3));
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exit(2);
}
if (args.includes("--help") || args.includes("-h")) {
  const [head = ""] = readFileSync(file, "utf8").split(/^(?!\/\/)/m, 1);
  console.log(head.replace(/^\/\/ ?/gm, "").trim());
} else {
  await (await import(file.href)).main(args).catch((error) => {
    const isMistake = error instanceof RangeError || String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!isMistake) throw error;
    console.error(`npm run bench -- ${name}: ${error.message}; --help shows how`);
    process.exitCode = 2;
  });
}
