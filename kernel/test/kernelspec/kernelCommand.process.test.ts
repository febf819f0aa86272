import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { KernelProcess } from "../../dist/notebook/index.js";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-kernel-command-"));
const env = { ...process.env, JUPYTER_DATA_DIR: join(folder, "data"), VIRTUAL_ENV: "", CONDA_PREFIX: "" };
afterAll(() => rmSync(folder, { recursive: true }));

function isoflop(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "kernel", ...args], {
    env,
    encoding: "utf8",
  });
  return { status, text: stdout + stderr };
}

describe("isoflop kernel", () => {
  it("installs where Jupyter finds it, once", () => {
    expect(isoflop("install").status).toBe(0);
    const found = JSON.parse(execFileSync("/usr/bin/python3", ["-c", pythonList], { env, encoding: "utf8" }));
    expect(found).toEqual({
      folder: join(folder, "data/kernels/isoflop"),
      language: "typescript",
      mode: "message",
    });
    const again = isoflop("install");
    expect(again.status).toBe(1);
    expect(again.text).toContain("--force");
    expect(isoflop("install", "--force").status).toBe(0);
  });

  it("finds nothing wrong with itself and starts", () => {
    const { status, text } = isoflop("doctor");
    expect(text).not.toContain("FAULT");
    expect(text).toMatch(/the kernel answers after \d+ ms/);
    expect(status).toBe(0);
  });

  it("starts the kernel by hand", async () => {
    const kernel = await KernelProcess.start(
      [process.execPath, bin, "kernel", "start", "{connection_file}"],
      {
        cwd: folder,
      },
    );
    expect(kernel.info.implementation).toBe("isoflop");
    await kernel.close();
  });

  it("lists and uninstalls", () => {
    expect(isoflop("list").text).toContain(`* isoflop`);
    expect(isoflop("uninstall").status).toBe(0);
    expect(isoflop("list").text).not.toContain(`* isoflop`);
    expect(isoflop("uninstall").status).toBe(1);
  });

  it("installs under a prefix, by another name and title", () => {
    const prefix = join(folder, "prefix");
    expect(
      isoflop("install", "--prefix", prefix, "--name", "ts-lab", "--display-name", "My TypeScript").status,
    ).toBe(0);
    const spec = JSON.parse(readFileSync(join(prefix, "share/jupyter/kernels/ts-lab/kernel.json"), "utf8"));
    expect(spec).toMatchObject({ display_name: "My TypeScript", language: "typescript" });
  });

  it("says what to do when --sys-prefix finds no environment", () => {
    expect(isoflop("install", "--sys-prefix").text).toContain("--prefix");
  });
});

const pythonList = `
import json
from jupyter_client.kernelspec import KernelSpecManager
spec = KernelSpecManager().get_kernel_spec("isoflop")
print(json.dumps({"folder": spec.resource_dir, "language": spec.language, "mode": spec.interrupt_mode}))
`;
