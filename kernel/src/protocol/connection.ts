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

export function readConnection(file: string): Connection {
  const connection = JSON.parse(readFileSync(file, "utf8")) as Connection;
  for (const channel of ["shell", "control", "iopub", "stdin", "hb"] as const) {
    const port = connection[`${channel}_port`];
    if (!Number.isInteger(port)) {
      throw new Error(`connection file ${file}: ${channel}_port must be a port number, got ${port}`);
    }
  }
  if (connection.key && connection.signature_scheme && !connection.signature_scheme.startsWith("hmac-")) {
    throw new Error(`connection file ${file}: unknown signature_scheme ${connection.signature_scheme}`);
  }
  return connection;
}

export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  return connection.transport === "ipc"
    ? `ipc://${connection.ip}-${port}`
    : `tcp://${connection.ip.includes(":") ? `[${connection.ip}]` : connection.ip}:${port}`;
}
