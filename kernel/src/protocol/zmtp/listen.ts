import { lstatSync, rmSync } from "node:fs";
import { connect, type ListenOptions, type Server } from "node:net";

/** What the systems have room for in the name of a socket. */
const longestPath = 103;

/**
 * Resolves when the server can be reached.
 *
 * @param address as ZeroMQ writes it: `tcp://HOST:PORT` or `ipc://PATH`
 */
export async function listen(server: Server, address: string): Promise<void> {
  const at = listenOptions(address);
  if (at.path !== undefined) await makeRoom(at.path);
  await new Promise<void>((resolve, reject) => {
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
  if (host === "") throw new Error("no host to listen on"); // for Node that is every one
  return { host: host === "*" ? "0.0.0.0" : host, port: Number(rest.slice(colon + 1)) };
}

/** Removes the socket of a process that was killed, and nothing else. */
async function makeRoom(path: string): Promise<void> {
  if (Buffer.byteLength(path) > longestPath)
    throw new Error(`the path has more than the ${longestPath} bytes that a socket's may have`);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket()) throw new Error("there is a file of that name, which is no socket");
  const isAnswered = await new Promise<boolean>((resolve) => {
    const socket = connect(path, () => resolve(true));
    socket.once("connect", () => socket.destroy()).once("error", () => resolve(false));
  });
  if (isAnswered) throw new Error("address already in use: another process listens there");
  rmSync(path, { force: true });
}
