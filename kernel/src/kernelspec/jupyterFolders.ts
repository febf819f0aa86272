import { homedir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";

export interface JupyterEnvironment {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

export const thisEnvironment = (): JupyterEnvironment => ({
  platform: process.platform,
  home: homedir(),
  env: process.env,
});

/**
 * The user's Jupyter data folder, by the rules of jupyter_core, without asking Python.
 * https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 */
export function userDataFolder({ platform, home, env }: JupyterEnvironment): string {
  if (env.JUPYTER_DATA_DIR) return resolve(env.JUPYTER_DATA_DIR);
  if (platform === "win32") return join(env.APPDATA ?? join(home, "AppData", "Roaming"), "jupyter");
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  const data = env.XDG_DATA_HOME;
  return join(data && isAbsolute(data) ? data : join(home, ".local", "share"), "jupyter");
}

/** The active Python environment's folder (venv or conda), which is Python's `sys.prefix` there. */
export function environmentPrefix({ env }: JupyterEnvironment): string | undefined {
  return env.VIRTUAL_ENV || env.CONDA_PREFIX || undefined;
}

/** The data folder of an installation prefix such as /usr/local or a virtual environment. */
export function prefixDataFolder(prefix: string): string {
  return join(resolve(prefix), "share", "jupyter");
}

/** Where a person wants the kernel: in an active Python environment, under a prefix, or, by default, in their own folder. */
export interface Place {
  readonly sysPrefix?: boolean;
  readonly prefix?: string;
}

/**
 * The data folder of a place.
 *
 * @throws Error when the active environment is meant and there is none
 */
export function dataFolderOf({ sysPrefix, prefix }: Place, environment: JupyterEnvironment): string {
  if (prefix !== undefined) return prefixDataFolder(prefix);
  if (!sysPrefix) return userDataFolder(environment);
  const active = environmentPrefix(environment);
  if (active) return prefixDataFolder(active);
  throw new Error(
    "no Python environment is active (VIRTUAL_ENV and CONDA_PREFIX are not set); activate one, or name its folder with --prefix",
  );
}

/** Every data folder Jupyter looks in, the first to have a kernel wins. */
export function dataFolders(environment: JupyterEnvironment): string[] {
  const { platform, env } = environment;
  const folders = (env.JUPYTER_PATH ?? "").split(delimiter).filter((each) => each !== "");
  const prefix = environmentPrefix(environment);
  const user = userDataFolder(environment);
  const own = prefix ? [prefixDataFolder(prefix)] : [];
  // jupyter_core puts an active environment before the user's folder, unless it is told otherwise.
  const inOrder = /^(no|n|false|off|0)$/i.test(env.JUPYTER_PREFER_ENV_PATH ?? "")
    ? [user, ...own]
    : [...own, user];
  const system =
    platform === "win32"
      ? [join(env.PROGRAMDATA ?? "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  return [...new Set([...folders, ...inOrder, ...system])];
}
