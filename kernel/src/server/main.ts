import { setFlagsFromString } from "node:v8";

// Messages are short-lived: a young generation that does not grow saves some 20 MB and costs nothing here.
setFlagsFromString("--semi-space-growth-factor=1");
const { startKernel } = await import("./startKernel.ts");

// node dist/server/main.js CONNECTION_FILE [--cwd FOLDER]
const [file, flag, folder] = process.argv.slice(2);
if (!file || (flag && flag !== "--cwd")) {
  console.error("usage: node main.js CONNECTION_FILE [--cwd FOLDER]");
  process.exit(2);
}
startKernel(file, folder).catch((error: Error) => {
  console.error(`isoflop kernel: ${error.message}`);
  process.exit(1);
});
