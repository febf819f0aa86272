import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const peers = join(repository, "bench/peers");
export const python = process.env.ISOFLOP_TEST_PYTHON ?? "/usr/bin/python3";

/** Installs Deno and tslab beside the benchmark, from the committed lockfile, when they are not there. */
export function installPeers() {
  if (existsSync(join(peers, "node_modules/.bin/deno")) && existsSync(join(peers, "node_modules/tslab")))
    return;
  console.error("installing the peers (deno, tslab) in bench/peers …");
  execFileSync("npm", ["ci", "--prefix", peers, "--no-audit", "--no-fund"], { stdio: ["ignore", 2, 2] });
}

/** Each kernel's command line and the dialect in which it is asked. */
export const kernels = {
  isoflop: {
    dialect: "isoflop",
    command: `${process.execPath} ${join(repository, "kernel/dist/server/main.js")} {connection_file}`,
  },
  ipykernel: { dialect: "python", command: `${python} -m ipykernel_launcher -f {connection_file}` },
  deno: {
    dialect: "deno",
    command: `${join(peers, "node_modules/.bin/deno")} jupyter --kernel --conn {connection_file}`,
  },
  tslab: {
    dialect: "tslab",
    command: `${process.execPath} ${join(peers, "node_modules/tslab/bin/tslab")} kernel --config-path {connection_file}`,
  },
};
