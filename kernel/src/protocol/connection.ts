import { readFileSync } from "node:fs";

/** What a Jupyter client writes into the connection file: where to listen and how to sign. */
export interface Connection {
  transport: "tcp" | "ipc";
  ip: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
  key: string;
  signature_scheme: string;
}

export type Channel = "shell" | "control" | "iopub" | "stdin" | "hb";

/** Starts a kernel that obeys everybody who reaches its ports. */
export const allowEmptyKey = "--allow-empty-key";

/** @throws Error that names the file, the field and its value; and when there is no key, unless it need not have one */
export function readConnection(file: string, { needsKey = true } = {}): Connection {
  const fail = (what: string): never => {
    throw new Error(`connection file ${file}: ${what}`);
  };
  const connection: Partial<Connection> = readJson(file, fail);
  for (const channel of ["shell", "control", "iopub", "stdin", "hb"] as const) {
    const port = connection[`${channel}_port`];
    if (!Number.isInteger(port)) fail(`${channel}_port must be a port number, got ${JSON.stringify(port)}`);
  }
  const { transport = "tcp", ip = "127.0.0.1", key = "", signature_scheme = "hmac-sha256" } = connection;
  if (transport !== "tcp" && transport !== "ipc") {
    fail(`transport must be tcp or ipc, got ${JSON.stringify(transport)}`);
  }
  for (const [name, value] of Object.entries({ ip, key, signature_scheme })) {
    if (typeof value !== "string") fail(`${name} must be text, got ${JSON.stringify(value)}`);
  }
  if (ip === "") fail('ip must say where to listen, as a rule "127.0.0.1", got ""');
  if (key && signature_scheme && !signature_scheme.startsWith("hmac-")) {
    fail(`unknown signature_scheme ${signature_scheme}`);
  }
  if (!key && needsKey) {
    fail(
      "it has no key, so that everybody who reaches the ports could run code here; let Jupyter write one, " +
        `or start the kernel with ${allowEmptyKey} if that is meant`,
    );
  }
  return { ...(connection as Connection), transport, ip, key, signature_scheme };
}

function readJson(file: string, fail: (what: string) => never): Partial<Connection> {
  const text = readFileSync(file, "utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`it is not JSON (${(error as Error).message})`);
  }
  return typeof value === "object" && value !== null ? value : fail("it is not a JSON object");
}

export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  return connection.transport === "ipc"
    ? `ipc://${connection.ip}-${port}`
    : `tcp://${connection.ip.includes(":") ? `[${connection.ip}]` : connection.ip}:${port}`;
}
