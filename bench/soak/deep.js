import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { KernelProcess } from "../../kernel/dist/notebook/KernelProcess.js";
import { isoflopKernel } from "../../kernel/dist/notebook/kernelCommand.js";
import { deepCells, random, tokenSoup } from "./deepCells.js";

const notebooks = new URL("../../notebooks/", import.meta.url);
const depths = [100, 1_000, 2_000, 6_000, 20_000, 100_000];

/** No request may take longer: reading is bounded by 10 s, checking by 10 s, completion and inspection by 3 s a question. */
const longestAnswer = 45_000;
/** What any other client waits for meanwhile: the kernel's own process computes nothing that grows with a cell's depth. */
const longestSilence = 8_000;

/**
 * Sends deep and long cells, heaps of tokens and cut cells to one kernel, through execute, is_complete, complete and inspect.
 * After each the kernel must be the same process, `1 + 1` and what was declared before must be there.
 *
 * With `quick` no kind that takes long because it is long.
 *
 * @returns how many tries and what was wrong; with `minutes` it goes on until they are over, else it makes `tries`
 */
export async function deep({ minutes, tries = 40, seed = 1, quick = false, log = () => {} } = {}) {
  const next = random(seed);
  const cwd = mkdtempSync(join(tmpdir(), "isoflop-deep-"));
  const kernel = await KernelProcess.start(isoflopKernel, { cwd });
  const until = minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
  const last = minutes === undefined ? tries : Number.POSITIVE_INFINITY;
  const faults = [];
  const slowest = { answer: 0, silence: 0 };
  let done = 0;
  try {
    await ask(kernel, "shell", "execute_request", { code: "const keptByDeep = 42" });
    for (const cell of cells(next, quick)) {
      if (done >= last || Date.now() > until) break;
      done += 1;
      const wrong = await attempt(kernel, cell, slowest);
      if (wrong) {
        faults.push(`${cell.name}: ${wrong}`);
        log(`FAULT: ${faults.at(-1)}`);
        if (/no answer|the kernel/.test(wrong)) break;
      }
      if (done % 50 === 0) log(`deep: ${done} tries, ${faults.length} faults`);
    }
  } finally {
    await kernel.close();
    rmSync(cwd, { recursive: true, force: true });
  }
  log(
    `deep: ${done} tries, ${faults.length} faults; slowest answer ${slowest.answer.toFixed(0)} ms, longest silence ${slowest.silence.toFixed(0)} ms`,
  );
  return { tries: done, faults };
}

/** Every kind at the depth that must run, then kinds, soups and cut cells by chance, for ever. */
function* cells(next, quick) {
  const kinds = Object.entries(deepCells).filter(([, [, runs = 6_000]]) => !quick || runs <= 6_000);
  const order = kinds.map((kind) => ({ kind, rank: next() })).sort((a, b) => a.rank - b.rank);
  for (const { kind } of order) {
    const [name, [make, runs]] = kind;
    if (runs) yield { name: `${name} × ${runs}`, code: make(runs), mustRun: true };
    else yield { name: `${name} × ${quick ? 600 : 6_000}`, code: make(quick ? 600 : 6_000) };
  }
  const written = sources();
  for (;;) {
    const dice = next();
    if (dice < 0.3) {
      const [name, [make]] = kinds[Math.floor(next() * kinds.length)];
      const depth = Math.floor(depths[Math.floor(next() * depths.length)] * (0.5 + next()));
      yield { name: `${name} × ${depth}`, code: make(depth).slice(0, 5_000_000) };
    } else if (dice < 0.6) {
      const code = tokenSoup(next);
      yield { name: `soup ${JSON.stringify(code.slice(0, 200))}`, code, isQuestion: true };
    } else {
      const source = written[Math.floor(next() * written.length)];
      const code = source.slice(0, Math.floor(next() * source.length));
      yield { name: `cut ${JSON.stringify(code.slice(-100))}`, code, isQuestion: true };
    }
  }
}

function sources() {
  return readdirSync(notebooks)
    .filter((name) => name.endsWith(".ipynb"))
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, notebooks), "utf8")).cells)
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => [source].flat().join(""));
}

async function attempt(kernel, cell, slowest) {
  const watch = watchSilence(kernel, slowest);
  const wrong = await askAll(kernel, cell, slowest).catch(String);
  const silence = await watch.stop();
  if (wrong) return wrong;
  return silence > longestSilence ? `the kernel was silent for ${silence.toFixed(0)} ms` : undefined;
}

async function askAll(kernel, { code, mustRun, isQuestion }, slowest) {
  const isComplete = await timed(kernel, slowest, "is_complete_request", { code });
  if (!/^(complete|incomplete|invalid|unknown)$/.test(isComplete.status))
    return `is_complete said ${show(isComplete)}`;
  for (const cursor_pos of [code.length, code.length >> 1]) {
    const complete = await timed(kernel, slowest, "complete_request", { code, cursor_pos });
    if (complete.status !== "ok") return `complete said ${show(complete)}`;
    const inspect = await timed(kernel, slowest, "inspect_request", {
      code,
      cursor_pos,
      detail_level: cursor_pos % 2,
    });
    if (inspect.status !== "ok") return `inspect said ${show(inspect)}`;
  }
  if (!isQuestion) {
    const { status, ename, evalue } = await timed(kernel, slowest, "execute_request", {
      code,
      stop_on_error: false,
    });
    const isNamed = Boolean(ename && evalue) && !/call stack/.test(evalue);
    if (status !== "ok" && (mustRun || !isNamed))
      return `execute said ${status} ${ename}: ${String(evalue).slice(0, 200)}`;
  }
  const after = await ask(kernel, "shell", "execute_request", {
    code: "if (keptByDeep + 1 + 1 !== 44) throw 0",
  });
  return after.status === "ok" ? undefined : `the cell after it said ${show(after)}`;
}

const show = (content) => JSON.stringify(content)?.slice(0, 300);

async function timed(kernel, slowest, type, content) {
  const began = performance.now();
  const reply = await ask(kernel, "shell", type, content);
  slowest.answer = Math.max(slowest.answer, performance.now() - began);
  return reply;
}

async function ask(kernel, channel, type, content) {
  const late = delay(longestAnswer, undefined, { ref: false }).then(() => {
    throw new Error(`no answer to ${type} within ${longestAnswer} ms`);
  });
  return (await Promise.race([kernel.client.request(channel, type, content), late])).content;
}

/** Asks again and again on control, as another client would, and keeps the longest wait. */
function watchSilence(kernel, slowest) {
  let longest = 0;
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now();
      await ask(kernel, "control", "kernel_info_request", {});
      longest = Math.max(longest, performance.now() - began);
      slowest.silence = Math.max(slowest.silence, longest);
      await delay(50);
    }
  })().catch(() => {});
  return {
    async stop() {
      isOver = true;
      await asking;
      return longest;
    },
  };
}
