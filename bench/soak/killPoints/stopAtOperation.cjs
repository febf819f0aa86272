// Loaded before a program (node --require): counts the operations that change files below STOP_BELOW, and at the one
// numbered STOP_AT ends the process as the kernel of the system would (STOP_HOW=kill), in the midst of it (tear), or lets
// it fail with a code (ENOSPC, EACCES, EIO), or sends it a signal (SIGTERM, SIGINT, SIGHUP). At the end STOP_COUNT gets how many there were, and which one failed.
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { resolve, sep } = require("node:path");

const { STOP_AT, STOP_HOW, STOP_BELOW, STOP_COUNT } = process.env;
const below = resolve(STOP_BELOW) + sep;
const original = { ...fs };
const descriptors = new Set();
let count = 0;
let failed = "";

const isInside = (path) => {
  if (typeof path === "number") return descriptors.has(path);
  return `${resolve(String(path))}${sep}`.startsWith(below);
};
const changes = {
  openSync: (_, flags) => flags !== undefined && flags !== "r" && flags !== 0,
};
const names = [
  "appendFileSync",
  "chmodSync",
  "chownSync",
  "closeSync",
  "copyFileSync",
  "cpSync",
  "fchmodSync",
];
names.push("fchownSync", "fsyncSync", "ftruncateSync", "linkSync", "mkdirSync", "mkdtempSync", "openSync");
names.push("renameSync", "rmSync", "rmdirSync", "symlinkSync", "truncateSync", "unlinkSync", "utimesSync");
names.push("writeFileSync", "writeSync");

for (const name of names) {
  fs[name] = (...args) => {
    const isCounted = isInside(args[0]) && (changes[name]?.(...args) ?? true);
    if (isCounted && ++count === Number(STOP_AT)) stop(name, args);
    if (name === "closeSync") descriptors.delete(args[0]);
    const result = original[name](...args);
    if (isCounted && name === "openSync") descriptors.add(result);
    return result;
  };
}
syncBuiltinESMExports();

function stop(name, args) {
  if (STOP_HOW === "tear" && name === "writeFileSync" && typeof args[1] === "string") {
    original.writeFileSync(args[0], args[1].slice(0, args[1].length >> 1), args[2]);
  }
  if (STOP_HOW === "tear" && (name === "cpSync" || name === "rmSync")) original[name](...args);
  if (STOP_HOW === "kill" || STOP_HOW === "tear") {
    process.kill(process.pid, "SIGKILL");
    for (;;);
  }
  if (STOP_HOW.startsWith("SIG")) {
    process.kill(process.pid, STOP_HOW);
    return;
  }
  failed = name;
  if (name === "closeSync") original.closeSync(args[0]);
  throw Object.assign(new Error(`${STOP_HOW}: injected, ${name} '${args[0]}'`), {
    code: STOP_HOW,
    syscall: name,
  });
}

process.on("exit", () => STOP_COUNT && original.writeFileSync(STOP_COUNT, JSON.stringify({ count, failed })));
