import { describe, expect, it } from "vitest";
import { dataFolders, type JupyterEnvironment, userDataFolder } from "../../src/kernelspec/jupyterFolders.ts";

const linux = (env: Record<string, string> = {}): JupyterEnvironment => ({
  platform: "linux",
  home: "/home/u",
  env,
});

describe("userDataFolder", () => {
  it("is ~/.local/share/jupyter on Linux", () => {
    expect(userDataFolder(linux())).toBe("/home/u/.local/share/jupyter");
  });
  it("follows XDG_DATA_HOME", () => {
    expect(userDataFolder(linux({ XDG_DATA_HOME: "/data" }))).toBe("/data/jupyter");
  });
  it("is ~/Library/Jupyter on macOS, whatever XDG_DATA_HOME says", () => {
    const mac: JupyterEnvironment = { platform: "darwin", home: "/Users/u", env: { XDG_DATA_HOME: "/data" } };
    expect(userDataFolder(mac)).toBe("/Users/u/Library/Jupyter");
  });
  it("is in APPDATA on Windows", () => {
    const windows: JupyterEnvironment = {
      platform: "win32",
      home: "C:/Users/u",
      env: { APPDATA: "C:/Roaming" },
    };
    expect(userDataFolder(windows)).toBe("C:/Roaming/jupyter");
  });
  it("follows JUPYTER_DATA_DIR before all else", () => {
    expect(userDataFolder(linux({ JUPYTER_DATA_DIR: "/jd", XDG_DATA_HOME: "/data" }))).toBe("/jd");
  });
});

describe("dataFolders", () => {
  it("come in Jupyter's order: JUPYTER_PATH, the active environment, the user, the system", () => {
    expect(dataFolders(linux({ JUPYTER_PATH: "/a:/b", VIRTUAL_ENV: "/venv" }))).toEqual([
      "/a",
      "/b",
      "/venv/share/jupyter",
      "/home/u/.local/share/jupyter",
      "/usr/local/share/jupyter",
      "/usr/share/jupyter",
    ]);
  });
  it("put the user before the environment when JUPYTER_PREFER_ENV_PATH says so", () => {
    const folders = dataFolders(linux({ CONDA_PREFIX: "/conda", JUPYTER_PREFER_ENV_PATH: "0" }));
    expect(folders.slice(0, 2)).toEqual(["/home/u/.local/share/jupyter", "/conda/share/jupyter"]);
  });
});
