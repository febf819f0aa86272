import { startKernel } from "./startKernel.ts";

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
