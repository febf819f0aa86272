import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const room = fileURLToPath(new URL("..", import.meta.url));

test("the packed package carries its tables and loads them from an empty folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-datasets-"));
  try {
    const modules = join(folder, "node_modules");
    mkdirSync(modules);
    const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: room,
      encoding: "utf8",
    });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    execFileSync("tar", ["-xzf", join(folder, filename), "-C", folder]);
    symlinkSync(join(folder, "package"), join(modules, "isoflop-datasets"));
    mkdirSync(join(folder, "package", "node_modules"));
    const papaParse = dirname(fileURLToPath(import.meta.resolve("papaparse")));
    symlinkSync(papaParse, join(folder, "package", "node_modules", "papaparse"));
    const script = join(folder, "use.mjs");
    writeFileSync(
      script,
      'import { chinchillaFigure4 } from "isoflop-datasets"; console.log(chinchillaFigure4().length);',
    );
    expect(execFileSync(process.execPath, [script], { encoding: "utf8" }).trim()).toBe("245");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
