import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const packages = {
  notebook: "jupyter-notebook",
  jupyter_server: "jupyter-server",
  jupyterlab_server: "python3-jupyterlab-server",
} as const;

export type PythonModule = keyof typeof packages;

/** Debian's Python, which has Jupyter's servers. A machine without them fails: the tests would not be run. */
export function pythonWith(...modules: PythonModule[]): string {
  const python = process.env.ISOFLOP_TEST_PYTHON ?? "/usr/bin/python3";
  try {
    execFileSync(python, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore" });
    return python;
  } catch {
    const wanted = modules.map((each) => packages[each]).join(" ");
    throw new Error(
      `${python} has not all of ${modules.join(", ")}: apt-get install ${wanted}, or set ISOFLOP_TEST_PYTHON`,
    );
  }
}

export interface JupyterServer {
  /** Without a slash at the end. */
  url: string;
  token: string;
  /** Ends the server, and with it its kernels. */
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/**
 * Starts one of Jupyter's servers and waits until it answers.
 *
 * @param command what starts it
 * @param app the class its options belong to
 * @param folder where its notebooks are
 */
export async function startServer(
  command: string[],
  app: "ServerApp" | "NotebookApp",
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<JupyterServer> {
  const port = await freePort();
  const token = "for-tests-only";
  const options = {
    port,
    token,
    port_retries: 0,
    open_browser: "False",
    allow_root: "True",
    ip: "127.0.0.1",
    [app === "ServerApp" ? "root_dir" : "notebook_dir"]: folder,
  };
  const [program, ...args] = command;
  const given = Object.entries(options).map(([name, value]) => `--${app}.${name}=${value}`);
  const child = spawn(program!, [...args, ...given], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (said += text));
  const url = `http://127.0.0.1:${port}`;
  const server = { url, token, close: () => end(child) };
  const deadline = Date.now() + 60_000;
  while (!(await answers(`${url}/api?token=${token}`))) {
    if (child.exitCode === null && Date.now() < deadline) await delay(100);
    else {
      await server.close();
      throw new Error(`${command.join(" ")} does not serve; it said:\n${said}`);
    }
  }
  return server;
}

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** Asked with SIGTERM, a server shuts its kernels down before it goes. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid!, "SIGTERM");
  if (await Promise.race([exited.then(() => false), delay(10_000, true, { ref: false })])) {
    process.kill(-child.pid!, "SIGKILL");
    await exited;
  }
}
