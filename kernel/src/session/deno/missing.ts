/** What Deno has and isoflop has not, with what does the same in Node. */
const instead = {
  bench: "%timeit times a statement",
  connect: "use node:net",
  connectTls: "use node:tls",
  createHttpClient: "fetch works without",
  cron: "use setInterval",
  dlopen: "a native npm package is needed, as koffi",
  listen: "use node:net",
  listenDatagram: "use node:dgram",
  listenTls: "use node:tls",
  openKv: "use a file, or node:sqlite",
  resolveDns: "use node:dns/promises",
  run: "use Deno.Command",
  serve: "use node:http",
  startTls: "use node:tls",
  test: "use node:assert in a cell, or node:test in a file",
  upgradeWebSocket: "use the npm package ws",
  watchFs: "use fs.watch of node:fs/promises",
} as const;

type Missing = Record<keyof typeof instead, (...args: unknown[]) => never>;

/** Functions that say in a sentence that they are missing. */
export const missing: Missing = Object.fromEntries(
  Object.entries(instead).map(([name, hint]) => [
    name,
    () => {
      throw new TypeError(
        `Deno.${name} is not there: cells run in Node, with the part of Deno that Node has too; ${hint}`,
      );
    },
  ]),
) as Missing;
