import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Deno from "../../../src/session/deno/api.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "isoflop-deno-")));
const at = (name: string) => join(folder, name);
const bytes = (text: string) => new TextEncoder().encode(text);

describe("files", () => {
  test("text and bytes come back as they were written, by path and by address", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.uint8Array(), async (text, raw) => {
        await Deno.writeTextFile(at("text"), text);
        expect(await Deno.readTextFile(pathToFileURL(at("text")))).toBe(text);
        expect(Deno.readTextFileSync(at("text"))).toBe(text);
        Deno.writeFileSync(at("raw"), raw);
        expect(await Deno.readFile(at("raw"))).toEqual(new Uint8Array(raw));
        expect(Deno.readFileSync(at("raw"))).toEqual(new Uint8Array(raw));
      }),
      { numRuns: 25 },
    );
  });

  test("append, createNew and create: false do what they say", async () => {
    await Deno.writeTextFile(at("log"), "a");
    await Deno.writeTextFile(at("log"), "b", { append: true });
    expect(Deno.readTextFileSync(at("log"))).toBe("ab");
    await expect(Deno.writeTextFile(at("log"), "c", { createNew: true })).rejects.toBeInstanceOf(
      Deno.errors.AlreadyExists,
    );
    expect(() => Deno.writeTextFileSync(at("none"), "c", { create: false })).toThrow(Deno.errors.NotFound);
  });

  test("folders are made, listed and removed, and a full one only with recursive", async () => {
    Deno.mkdirSync(at("d/e"), { recursive: true });
    Deno.writeTextFileSync(at("d/f"), "x");
    const found = [];
    for await (const entry of Deno.readDir(at("d"))) found.push(entry);
    expect(found.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: "e", isFile: false, isDirectory: true, isSymlink: false },
      { name: "f", isFile: true, isDirectory: false, isSymlink: false },
    ]);
    expect([...Deno.readDirSync(at("d"))]).toHaveLength(2);
    await expect(Deno.remove(at("d"))).rejects.toThrow(/ENOTEMPTY/);
    await Deno.remove(at("d"), { recursive: true });
    await expect(Deno.stat(at("d"))).rejects.toBeInstanceOf(Deno.errors.NotFound);
  });

  test("stat follows a link, lstat does not", async () => {
    writeFileSync(at("target"), "12345");
    await Deno.symlink(at("target"), at("link"));
    expect(await Deno.stat(at("link"))).toMatchObject({ isFile: true, isSymlink: false, size: 5 });
    expect(Deno.lstatSync(at("link")).isSymlink).toBe(true);
    expect(Deno.readLinkSync(at("link"))).toBe(at("target"));
    expect(await Deno.realPath(at("link"))).toBe(at("target"));
  });

  test.each<[string, () => unknown, keyof typeof Deno.errors]>([
    ["reading what is not there", () => Deno.readTextFileSync(at("nothing")), "NotFound"],
    ["reading a folder", () => Deno.readFileSync(folder), "IsADirectory"],
    ["a folder that is there", () => Deno.mkdirSync(folder), "AlreadyExists"],
    ["below a file", () => Deno.statSync(join(at("target"), "x")), "NotADirectory"],
    ["listing what is not there", () => [...Deno.readDirSync(at("nothing"))], "NotFound"],
  ])("%s is the error Deno calls so", (_, work, name) => {
    expect(work).toThrow(Deno.errors[name]);
    expect(work).toThrow(expect.objectContaining({ name, code: expect.stringMatching(/^E/) }));
  });

  test("an open file is read, written, sought and closed", async () => {
    using file = await Deno.open(at("open"), { read: true, write: true, create: true });
    expect(await file.write(bytes("hello"))).toBe(5);
    expect(await file.seek(1, Deno.SeekMode.Start)).toBe(1);
    const into = new Uint8Array(10);
    expect(file.readSync(into)).toBe(4);
    expect(file.readSync(into)).toBe(null);
    expect(() => file.seekSync(-1, Deno.SeekMode.Start)).toThrow("before the start");
    file.truncateSync(2);
    expect(file.statSync().size).toBe(2);
    expect(() => Deno.openSync(at("open"), { create: true })).toThrow("read, write and append");
  });

  test("an open file is a stream", async () => {
    await Deno.writeTextFile(at("stream"), "streamed");
    const file = await Deno.open(at("stream"));
    expect(await new Response(file.readable).text()).toBe("streamed");
  });
});

describe("Command", () => {
  const sh = (script: string, options: Deno.CommandOptions = {}) =>
    new Deno.Command("sh", { args: ["-c", script], ...options });

  test("output gives status and bytes, at once or later", async () => {
    for (const output of [
      await sh("echo out; echo err >&2; exit 3").output(),
      sh("echo out; echo err >&2; exit 3").outputSync(),
    ]) {
      expect(output).toMatchObject({ code: 3, success: false, signal: null });
      expect(output.stdout).toEqual(bytes("out\n"));
      expect(output.stderr).toEqual(bytes("err\n"));
    }
  });

  test("folder and environment are as given", async () => {
    const { stdout } = await sh('pwd; echo "$A-$HOME"', {
      cwd: folder,
      env: { A: "a" },
      clearEnv: true,
    }).output();
    expect(new TextDecoder().decode(stdout)).toBe(`${folder}\na-\n`);
  });

  test("a spawned command is written to and read from", async () => {
    const child = sh("tr a-z A-Z", { stdin: "piped", stdout: "piped" }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(bytes("loud"));
    await writer.close();
    expect((await child.output()).stdout).toEqual(bytes("LOUD"));
    expect(await child.status).toMatchObject({ success: true });
  });

  test("what was not piped says so, and a program that is not there is not found", async () => {
    const output = await sh("exit 0", { stdout: "null" }).output();
    expect(() => output.stdout).toThrow("not piped");
    const child = sh("exit 0", { stdout: "null", stderr: "null" }).spawn();
    expect(() => child.stdout).toThrow('spawn with { stdout: "piped" }');
    await child.status;
    await expect(new Deno.Command("no-such-program-here").output()).rejects.toBeInstanceOf(
      Deno.errors.NotFound,
    );
    expect(() => new Deno.Command("no-such-program-here").outputSync()).toThrow(Deno.errors.NotFound);
  });

  test("a signal ends it", async () => {
    const ending = new AbortController();
    const child = sh("sleep 60", { signal: ending.signal, stdout: "null", stderr: "null" }).spawn();
    ending.abort();
    expect(await child.status).toEqual({ success: false, code: 143, signal: "SIGTERM" });
  });
});

describe("the rest", () => {
  test("environment variables are this process's", () => {
    Deno.env.set("ISOFLOP_TEST", "1");
    expect(process.env.ISOFLOP_TEST).toBe("1");
    expect(Deno.env.toObject()).toMatchObject({ ISOFLOP_TEST: "1" });
    Deno.env.delete("ISOFLOP_TEST");
    expect([Deno.env.get("ISOFLOP_TEST"), Deno.env.has("ISOFLOP_TEST")]).toEqual([undefined, false]);
  });

  test("what is not there says so and names what does the same", () => {
    expect(() => Deno.serve(() => new Response(""))).toThrow("Deno.serve is not there");
    expect(() => Deno.openKv()).toThrow("node:sqlite");
    expect(() => Deno.test("x", () => {})).toThrow(TypeError);
  });

  test("inspect follows Deno's method and options", () => {
    expect(Deno.inspect({ a: [1, 2, 3] }, { iterableLimit: 1 })).toContain("2 more items");
    expect(Deno.inspect({ [Deno.customInspect]: () => "mine" })).toBe("mine");
  });

  test("all permissions are granted", async () => {
    expect((await Deno.permissions.query({ name: "read" })).state).toBe("granted");
  });

  test("Deno.jupyter's templates put values in as Deno does", async () => {
    const bundle = await Deno.jupyter.format(Deno.jupyter.html`<b>${"<i>x</i>"}</b>${undefined}${null}`);
    expect(bundle["text/html"]).toBe("<b><i>x</i></b>null");
    expect(await Deno.jupyter.format(Deno.jupyter.md`*${1}*`)).toMatchObject({ "text/markdown": "*1*" });
  });

  test("Deno.jupyter.image takes bytes and paths, and refuses what is no picture", async () => {
    const gif = Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0);
    Deno.writeFileSync(at("a.gif"), gif);
    for (const source of [gif, at("a.gif"), pathToFileURL(at("a.gif"))]) {
      expect(await Deno.jupyter.format(Deno.jupyter.image(source))).toHaveProperty(["image/gif"]);
    }
    expect(() => Deno.jupyter.image(at("stream"))).toThrow("no PNG, JPEG, GIF or WebP");
    expect(() => Deno.jupyter.image(at("nothing"))).toThrow(Deno.errors.NotFound);
  });
});
