// Calls the kernel package's writers without the start of the whole command line: node write.mjs WRITER FOLDER [content]
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const dist = (path) => import(new URL(`../../../kernel/dist/${path}`, import.meta.url).href);
const [writer, folder, content] = process.argv.slice(2);
const spec = {
  argv: ["node", "main.js", "{connection_file}"],
  display_name: content,
  language: "typescript",
};
spec.metadata = { isoflop: { version: "1" } };

try {
  await { file, install, uninstall }[writer]();
} catch (error) {
  console.error(`isoflop: ${error.message}`);
  process.exitCode = 1;
}

async function file() {
  const { writeFileAtomically } = await dist("notebook/writeFileAtomically.js");
  writeFileAtomically(join(folder, "file.txt"), content.repeat(200_000));
}

async function install() {
  const { installKernelSpec } = await dist("kernelspec/installKernelSpec.js");
  // A copy from a package runner's cache, where there is one.
  const cached = join(folder, "_npx/1/node_modules/isoflop-kernel");
  if (existsSync(cached)) spec.argv[1] = join(cached, "main.js");
  installKernelSpec({ dataFolder: folder, name: "k", spec, packageFolder: cached, force: true });
}

async function uninstall() {
  const { uninstallKernelSpec } = await dist("kernelspec/uninstallKernelSpec.js");
  mkdirSync(folder, { recursive: true });
  uninstallKernelSpec({ dataFolder: folder, name: "k" });
}
