import { rmSync } from "node:fs";
import type { ListenOptions, Server } from "node:net";

/**
 * Resolves when the server can be reached.
 *
 * @param address as ZeroMQ writes it: `tcp://HOST:PORT` or `ipc://PATH`
 */
export function listen(server: Server, address: string): Promise<void> {
  const at = listenOptions(address);
  if (at.path) rmSync(at.path, { force: true }); // left behind by a process that was killed
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function listenOptions(address: string): ListenOptions {
  const [transport = "", rest = ""] = address.split(/:\/\/(.*)/s);
  if (transport === "ipc") return { path: rest };
  const colon = rest.lastIndexOf(":");
  const host = rest.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return { host: host === "*" ? "0.0.0.0" : host, port: Number(rest.slice(colon + 1)) };
}
