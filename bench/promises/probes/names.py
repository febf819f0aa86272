"""Cells that take names, built-ins and descriptors from under the kernel."""

from probe import probe
from subject import shown, told

UNCHECKED = "// @ts-nocheck\n"


@probe('a cell with `import process from "node:process"`')
def import_process(s):
    return s.try_cell(s.code('import process from "node:process"; process.pid > 0', None), "true")


@probe("`const Promise = 1` (Python: `Exception = 1`)")
def const_promise(s):
    return s.try_cell(s.code("const Promise = 1; Promise", "Exception = 1\nException"), "1")


@probe("`const Object = 5` (Python: `object = 5`)")
def const_object(s):
    return s.try_cell(s.code("const Object = 5; Object", "object = 5\nobject"), "5")


@probe("`globalThis.process = 5` (Python: `sys.modules['os'] = 5`)")
def global_process(s):
    return s.try_cell(s.code("(globalThis as any).process = 5; 7", "import sys; sys.modules['os'] = 5; 7"), "7")


@probe("`delete globalThis.setImmediate` (Python: `del builtins.len`)")
def delete_global(s):
    return s.try_cell(s.code("delete (globalThis as any).setImmediate; 7", "import builtins; del builtins.len; 7"), "7")


@probe("`Buffer.byteLength = () => 0` (Python: `json.dumps` gives nothing)")
def byte_length(s):
    return s.try_cell(s.code(UNCHECKED + "Buffer.byteLength = () => 0; 7", "import json; json.dumps = lambda *a, **k: ''; 7"), "7")


@probe("`Error.prepareStackTrace` that throws, then a throw")
def prepare_stack_trace(s):
    return s.try_cell(s.code("(Error as any).prepareStackTrace = () => { throw 1 }; 7", None), "7")


@probe("`console = null` (Python: `sys.stdout = None`)")
def console_null(s):
    return s.try_cell(s.code(UNCHECKED + "console = null; 7", "import sys; sys.stdout = None; 7"), "7")


def on_descriptors(s, what, python):
    loop = f"for (let fd = 3; fd < 16; fd++) try {{ {what}; reached++ }} catch {{}}"
    wait = "await new Promise((r) => setTimeout(r, 500));"
    code = f"{UNCHECKED}const {{ closeSync, writeSync }} = await import('node:fs'); let reached = 0;\n{loop}\n{wait} reached"
    python = f"import os, time\nreached = 0\nfor fd in range(3, 16):\n  try:\n    {python}; reached += 1\n  except OSError: pass\ntime.sleep(0.5)\nreached"
    outcome = s.cell(s.code(code, python))
    # Deno numbers what a cell has opened itself, and lets it reach nothing else.
    what = "none reached" if shown(outcome) == "0" else f"{shown(outcome)} reached" if outcome.status == "ok" else "error"
    return s.after(what if outcome.reply else "no reply", told(outcome))


@probe("garbage written on the descriptors 3 to 15")
def write_descriptors(s):
    return on_descriptors(s, "writeSync(fd, 'garbage garbage')", "os.write(fd, b'garbage garbage')")


@probe("the descriptors 3 to 15 closed")
def close_descriptors(s):
    return on_descriptors(s, "closeSync(fd)", "os.close(fd)")
