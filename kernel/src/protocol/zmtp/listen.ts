import { lookup } from "node:dns/promises";
import { lstatSync, rmSync } from "node:fs";
import { connect, isIP, type ListenOptions, type Server } from "node:net";
import { networkInterfaces } from "node:os";

/** What the systems have room for in the name of a socket. */
const longestPath = 103;

/**
 * Resolves when the server can be reached.
 *
 * @param address as ZeroMQ writes it: `tcp://HOST:PORT` or `ipc://PATH`
 */
export async function listen(server: Server, address: string): Promise<void> {
  const at = await listenOptions(address);
  if (at.path !== undefined) await makeRoom(at.path);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function listenOptions(address: string): Promise<ListenOptions> {
  const [transport = "", rest = ""] = address.split(/:\/\/(.*)/s);
  if (transport === "ipc") return { path: rest };
  const colon = rest.lastIndexOf(":");
  const host = rest.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  if (host === "") throw new Error("no host to listen on"); // for Node that is every one
  return { host: await addressOf(host), port: Number(rest.slice(colon + 1)) };
}

/** As ZeroMQ understands a host: every IPv4 address, an address, a network interface, or a name (its IPv4 address). */
async function addressOf(host: string): Promise<string> {
  if (host === "*") return "0.0.0.0";
  if (isIP(host)) return host;
  const found = networkInterfaces()[host]?.find(({ family }) => family === "IPv4");
  return found ? found.address : (await lookup(host, { family: 4 })).address;
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
