import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:net";

/** A Jupyter connection file: where a kernel listens and the key its messages are signed with. */
export interface ConnectionInfo {
  transport: "tcp";
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  signature_scheme: "hmac-sha256";
  key: string;
}

/** Connection settings on five ports of this machine that were free a moment ago, with a fresh key. */
export async function createConnection(): Promise<ConnectionInfo> {
  // All five are held open until all are known, so that none comes twice.
  const servers = await Promise.all(Array.from({ length: 5 }, listen));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = servers.map(
    (server) => (server.address() as { port: number }).port,
  ) as [number, number, number, number, number];
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    signature_scheme: "hmac-sha256",
    key: randomUUID(),
  };
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server));
  });
}
