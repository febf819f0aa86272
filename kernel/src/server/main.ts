import { setFlagsFromString } from "node:v8";
import { describeIgnored, parseArguments } from "./parseArguments.ts";

// Messages are short-lived: a young generation that does not grow saves some 20 MB and costs nothing here.
setFlagsFromString("--semi-space-growth-factor=1");
// Its modules in a few files, which load in half the time; scripts/bundle.js makes them.
const { startKernel }: typeof import("./startKernel.ts") = await import(
  new URL("program/startKernel.js", import.meta.url).href
);

const parsed = parseArguments(process.argv.slice(2));
if ("say" in parsed) {
  if (parsed.isFault) console.error(parsed.say);
  else console.log(parsed.say);
  process.exit(parsed.isFault ? 2 : 0);
}
if (parsed.ignored.length > 0) console.error(describeIgnored(parsed.ignored));
startKernel(parsed.file, parsed).catch((error: Error) => {
  console.error(`isoflop kernel: ${error.message}`);
  process.exit(1);
});
