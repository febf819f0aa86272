// Cells that write on or close the descriptors of their process: the kernel lives, and says so when the session did not.

import { shareOf } from "./driver.js";
import { Sweep } from "./names.js";

const fds = Array.from({ length: 26 }, (_, fd) => fd);
const fs = "// @ts-nocheck\nconst fs = require('node:fs'); const cp = require('node:child_process');";
const frame = (text) =>
  `Buffer.concat([Buffer.from([${text.length}, 0, 0, 0]), Buffer.from(${JSON.stringify(text)})])`;

const cells = [
  ...fds.map((fd) => `try { fs.writeSync(${fd}, 'garbage garbage garbage') } catch {}`),
  ...fds.map((fd) => `try { fs.writeSync(${fd}, ${frame('{"type":"done","cell":"x"}')}) } catch {}`),
  ...fds.filter((fd) => fd > 2).map((fd) => `try { fs.closeSync(${fd}) } catch {}`),
  ...fds
    .filter((fd) => fd > 2)
    .map((fd) => `try { fs.closeSync(${fd}); fs.openSync('/dev/null', 'r+'); } catch {}`),
  // A thread brings descriptors of the same kinds with it.
  ...fds
    .filter((fd) => fd > 2)
    .map(
      (fd) =>
        `try { fs.closeSync(${fd}); new (require('node:worker_threads').Worker)('0', { eval: true }) } catch {}`,
    ),
  ...fds
    .filter((fd) => fd > 2)
    .map(
      (fd) =>
        `try { cp.spawnSync('sh', ['-c', 'echo garbage >&3; echo garbage >&4'], { stdio: ['ignore', 'ignore', 'ignore', ${fd}, ${fd}] }) } catch {}`,
    ),
  ...fds
    .filter((fd) => fd > 2)
    .map((fd) => `cp.spawnSync('bash', ['-c', 'echo garbage >&${fd}; exec ${fd}>&-'])`),
  "for (let fd = 3; fd < 256; fd++) try { fs.closeSync(fd) } catch {}",
  "for (let fd = 3; fd < 256; fd++) try { fs.writeSync(fd, 'garbage') } catch {}",
  "setTimeout(() => { for (let fd = 3; fd < 256; fd++) try { fs.closeSync(fd) } catch {} }, 50); await new Promise((r) => setTimeout(r, 500))",
];

/** Every cell, or so many. */
export async function sweepDescriptors({
  tries = Number.POSITIVE_INFINITY,
  seed = 1,
  sweep = new Sweep(),
} = {}) {
  for (const cell of shareOf(cells, tries, seed)) await sweep.try(cell, `${fs} ${cell}; 0`);
  await sweep.close();
  return sweep;
}
