"""Modules of every kind, found from the notebook's folder."""

import json
import os

from harness.check import check
from harness.folder import make_folder
from harness.expect import contains, equal, lacks, matches, true


@check("default import of a CommonJS package")
def cjs_default(k):
    equal(k.value("// @ts-nocheck\nimport triple8601 from 'cjs-default'; triple8601(4)"), "12", "value")


@check("named imports of a CommonJS package, also names that Node's static analysis does not see")
def cjs_named(k):
    equal(k.value("// @ts-nocheck\nimport { one as one8602, two as two8602 } from 'cjs-named'; one8602 + two8602()"), "3", "value")


@check("namespace import of a CommonJS package has its names")
def cjs_namespace(k):
    equal(k.value("// @ts-nocheck\nimport * as all8603 from 'cjs-named'; (all8603.one ?? all8603.default.one)"), "1", "value")


@check("an ESM-only package with top-level await: default and named")
def esm_only(k):
    equal(k.value("// @ts-nocheck\nimport word8604, { four as four8604 } from 'esm-only'; [word8604, four8604]"), "[ 'esm default', 4 ]", "value")


@check("a side-effect import runs the module")
def side_effect(k):
    k.write("effect8605.ts", "(globalThis as any).effect8605 = 'done';\n")
    k.value("import './effect8605.ts'")
    equal(k.value("(globalThis as any).effect8605"), "'done'", "value")


@check("JSON with an import attribute")
def json_with_attribute(k):
    equal(k.value("import numbers8606 from './numbers.json' with { type: 'json' }; numbers8606.answer"), "42", "value")


@check("JSON without an import attribute")
def json_without_attribute(k):
    equal(k.value("import numbers8607 from './numbers.json'; numbers8607.answer"), "42", "value")


@check("node: built-ins and bare built-ins, default, named and namespace")
def builtins(k):
    equal(k.value("import fs8608, { existsSync as ex8608 } from 'node:fs'; import * as path8608 from 'path'; import os8608 from 'os'; [typeof fs8608.readFileSync, ex8608('/'), path8608.join('a', 'b'), typeof os8608.cpus]"), "[ 'function', true, 'a/b', 'function' ]", "value")


@check("import type and inline type imports leave nothing to run")
def import_type(k):
    equal(k.value("import type { Shape as Shape8609 } from 'typed-package'; import { type Shape, half as half8609 } from 'typed-package'; const s8609: Shape8609 & Shape = { sides: 4 }; half8609(s8609.sides)"), "2", "value")


@check("import type of a package that is not there does not fail at run time")
def import_type_local(k):
    k.write("onlytypes8610.ts", "export interface Only { x: number }\nexport type Maybe = Only | null;\n")
    equal(k.value("import type { Only, Maybe } from './onlytypes8610.ts'; const m8610: Maybe = { x: 1 } satisfies Only; m8610.x"), "1", "value")


@check("dynamic import of packages, built-ins and local files")
def dynamic_import(k):
    k.write("dyn8611.ts", "export const dyn: number = 8;\n")
    equal(k.value("const [m8611, p8611, l8611] = await Promise.all([import('esm-only' as string), import('node:path'), import('./dyn8611.ts')]); [m8611.four, p8611.sep, l8611.dyn]"), "[ 4, '/', 8 ]", "value")


@check("dynamic import inside a function called from a later cell and from a timer")
def dynamic_import_later(k):
    k.value("async function load8612(name: string) { return (await import(name)).four; }")
    equal(k.value("await load8612('esm-only')"), "4", "value")
    equal(k.value("await new Promise((r) => setTimeout(async () => r(await load8612('esm-only')), 10))"), "4", "value in a timer")


@check("require of packages, JSON and built-ins, and require.resolve")
def require_works(k):
    equal(k.value("// @ts-nocheck\n[require('cjs-default')(2), require('./numbers.json').answer, require('path').sep, typeof require.resolve('cjs-named')]"), "[ 6, 42, '/', 'string' ]", "value")


@check("a local .ts file with its extension, default and named exports, types included")
def local_with_extension(k):
    k.write("local8613.ts", "export interface Box { w: number }\nexport const area = (b: Box): number => b.w ** 2;\nexport default class Thing { constructor(public readonly name: string) {} }\n")
    equal(k.value("import Thing8613, { area as area8613, type Box as Box8613 } from './local8613.ts'; const b8613: Box8613 = { w: 3 }; area8613(b8613) + new Thing8613('x').name.length"), "10", "value")


@check("a local .ts file without extension, and with .js for .ts as tsc has it")
def local_without_extension(k):
    k.write("local8614.ts", "export const n: number = 6;\n")
    equal(k.value("import { n as n8614 } from './local8614'; n8614"), "6", "value")
    equal(k.value("import { n as m8614 } from './local8614.js'; m8614"), "6", "value by .js")


@check("local .ts files that import each other, folders with index.ts and packages")
def local_chain(k):
    k.write("lib8615/index.ts", "export { deep } from './deep.ts';\nimport { half } from 'typed-package';\nexport const top = half(8);\n")
    k.write("lib8615/deep.ts", "import { sep } from 'node:path';\nimport data from '../numbers.json' with { type: 'json' };\nexport const deep = sep + data.answer;\n")
    equal(k.value("import { deep as deep8615, top as top8615 } from './lib8615'; [deep8615, top8615]"), "[ '/42', 4 ]", "value")


@check("a local file that uses enums, namespaces and parameter properties")
def local_with_transforms(k):
    k.write("enum8616.ts", "export enum Color { Red, Green }\nexport namespace N { export const v = 3; }\nexport class P { constructor(private x: number) {} get twice() { return this.x * 2; } }\n")
    equal(k.value("import { Color as C8616, N as N8616, P as P8616 } from './enum8616.ts'; [C8616.Green, N8616.v, new P8616(4).twice]"), "[ 1, 3, 8 ]", "value")


@check("a local .ts file is read anew after an edit, in the same import line")
def reimport_after_edit(k):
    k.write("edit8617.ts", "export const v = 'one';\n")
    cell = "import { v as v8617 } from './edit8617.ts'; v8617"
    equal(k.value(cell), "'one'", "before the edit")
    k.write("edit8617.ts", "export const v: number = 2;\n")
    equal(k.value(cell + " * 2"), "4", "after the edit, with the new type")


@check("an edit of a file that the imported file imports is seen too")
def reimport_after_deep_edit(k):
    k.write("outer8618.ts", "export { w } from './inner8618.ts';\n")
    k.write("inner8618.ts", "export const w = 1;\n")
    cell = "import { w as w8618 } from './outer8618.ts'; w8618"
    equal(k.value(cell), "1", "before the edit")
    k.write("inner8618.ts", "export const w = 2;\n")
    equal(k.value(cell), "2", "after the edit")


@check("a local file that did not change is not run again")
def no_rerun_without_edit(k):
    k.write("once8619.ts", "(globalThis as any).runs8619 = ((globalThis as any).runs8619 ?? 0) + 1;\nexport const x = 1;\n")
    cell = "import { x as x8619 } from './once8619.ts'; (globalThis as any).runs8619"
    equal([k.value(cell), k.value(cell)], ["1", "1"], "runs")


@check("import.meta.url, import.meta.dirname, import.meta.filename and __dirname name the notebook's folder")
def meta(k):
    folder = os.path.realpath(k.folder)
    equal(k.value("import.meta.dirname").strip("'"), folder, "import.meta.dirname")
    equal(k.value("__dirname").strip("'"), folder, "__dirname")
    matches(k.value("import.meta.url").strip("'"), rf"^file://{folder}/", "import.meta.url")
    matches(k.value("import.meta.filename").strip("'"), rf"^{folder}/", "import.meta.filename")
    matches(k.value("__filename").strip("'"), rf"^{folder}/", "__filename")


@check("import.meta.resolve finds a package and a file")
def meta_resolve(k):
    matches(k.value("import.meta.resolve('esm-only')"), r"file://.*esm-only/index\.js", "a package")
    matches(k.value("import.meta.resolve('import-only')"), r"file://.*import-only/main\.js", "one that is only imported")
    matches(k.value("import.meta.resolve('import-only/sub/a')"), r"file://.*import-only/a\.js", "a part of it")
    contains(k.client.run("import.meta.resolve('import-only/nosuch')").error["evalue"], "nosuch", "what it does not export")
    matches(k.value("import.meta.resolve('./numbers.json')"), r"file://.*numbers\.json", "a file")


@check("import.meta.url in an imported local file is that file's own")
def meta_in_local(k):
    k.write("sub8620/where.ts", "export const here = import.meta.url; export const dir = import.meta.dirname;\n")
    matches(k.value("import { here as here8620, dir as dir8620 } from './sub8620/where.ts'; here8620 + '|' + dir8620"), r"sub8620/where\.ts.*\|.*sub8620", "value")


@check("relative files are read from the notebook's folder")
def relative_read(k):
    equal(k.value("import { readFileSync as read8621 } from 'node:fs'; JSON.parse(read8621('numbers.json', 'utf8')).answer"), "42", "value")


@check("a missing package: an error with the npm install line to run, and the magic that does it")
def missing_package(k):
    for code in ("import x8622 from 'not-there-8622'", "await import('not-there-8622' as string)", "import { y } from '@scope8622/not-there/sub/path'"):
        outcome = k.client.run(code)
        equal(outcome.status, "error", f"status of {code}")
        matches(outcome.error_text, r"npm (i|install) (not-there-8622|@scope8622/not-there)(?!/)", f"error of {code}")


@check("a missing local file: an error that names the file, no install line")
def missing_file(k):
    outcome = k.client.run("import { z } from './no-such-file8623.ts'")
    equal(outcome.status, "error", "status")
    contains(outcome.error_text, "no-such-file8623", "error")
    lacks(outcome.error_text, "npm install", "error")


@check("a default export that a package does not have is an error that names what it has, where nothing checks types; of CommonJS it is what the module exports")
def no_default(k):
    for name, kind, code in (
        ("esm-names", "module", "export const one8701 = 1; export const two8701 = 2;"),
        ("esm-empty", "module", "globalThis.empty8701 = 1;"),
        ("cjs-babel", "commonjs", "Object.defineProperty(exports, '__esModule', { value: true }); exports.three = 3;"),
    ):
        folder = f"node_modules/{name}"
        os.makedirs(os.path.join(k.folder, folder), exist_ok=True)
        k.write(f"{folder}/package.json", f'{{ "name": "{name}", "version": "1.0.0", "type": "{kind}", "main": "index.js" }}')
        k.write(f"{folder}/index.js", code)
    for specifier in ("esm-names", "npm:esm-names", "npm:esm-names@1"):
        error = k.client.run(f"// @ts-nocheck\nimport all8701 from '{specifier}'").error_text
        contains(error, f'"{specifier}" has no default export: it has one8701, two8701', specifier)
        contains(error, "import * as name from", "the way out")
    contains(k.client.run("// @ts-nocheck\nimport { default as d8701 } from 'esm-names'").error_text, "no default export", "by its name")
    contains(k.client.run("// @ts-nocheck\nimport e8701 from 'esm-empty'").error_text, "it exports nothing", "of nothing")
    equal(k.value("// @ts-nocheck\nimport * as names8701 from 'esm-names'; import { two8701 } from 'esm-names'; names8701.one8701 + two8701"), "3", "named ones")
    equal(k.value("// @ts-nocheck\nimport babel8701 from 'cjs-babel'; babel8701.three"), "3", "what was compiled to CommonJS")
    k.write("shape8701.ts", "export default interface Shape { side: number }\nexport const make = (): Shape => ({ side: 2 });\n")
    equal(k.value("import Shape, { make as make8701 } from './shape8701.ts'; const made8701: Shape = make8701(); made8701.side"), "2", "a type of a local file")


@check("a name that the module does not export is an error that names it")
def missing_export(k):
    outcome = k.client.run("import { nope8624 } from 'typed-package'")
    equal(outcome.status, "error", "status")
    contains(outcome.error_text, "nope8624", "error")


@check("an error thrown while a module loads points at its TypeScript line")
def error_while_loading(k):
    k.write("throws8625.ts", "interface Blank {\n  a: number;\n}\nconst x: Blank = { a: 1 };\nthrow new Error(`loading ${x.a}`);\n")
    outcome = k.client.run("import './throws8625.ts'")
    equal(outcome.status, "error", "status")
    matches(outcome.error_text, r"throws8625\.ts:5", "error")


@check("an npm: prefix, as in Deno, finds the installed package")
def npm_prefix(k):
    equal(k.value("// @ts-nocheck\nconst { four: four8626 } = await import('npm:esm-only'); four8626"), "4", "value")


@check("an ECMAScript package loads once, and its errors are its own: an await at its top level, a throw, an export that is not there, a name for require()")
def packages_of_modules(k):
    def package(name, **files):
        os.makedirs(os.path.join(k.folder, "node_modules", name), exist_ok=True)
        k.write(f"node_modules/{name}/package.json", f'{{ "name": "{name}", "version": "1.0.0", "type": "module", "main": "index.js" }}')
        for file, code in files.items():
            k.write(f"node_modules/{name}/{file}.js", code)

    package("waits8631", index="import './part.js'; export const seven = await Promise.resolve(7);", part="globalThis.parts8631 = (globalThis.parts8631 ?? 0) + 1;")
    equal(k.value("// @ts-nocheck\nconst { seven } = await import('waits8631'); await import('waits8631'); [seven, globalThis.parts8631]"), "[ 7, 1 ]", "an await")
    package("throws8631", index="globalThis.runs8631 = (globalThis.runs8631 ?? 0) + 1; throw new RangeError('boom');")
    package("nothing8631", index="throw null;")
    package("absent8631", index="import { nope8631 } from './part.js'; export const z = nope8631;", part="export const yes = 1;")
    for _ in range(2):
        contains(k.client.run("// @ts-nocheck\nimport 'throws8631'").error_text, "boom", "a throw")
        contains(k.client.run("// @ts-nocheck\nimport 'nothing8631'").error_text, "null", "a throw of null")
        contains(k.client.run("// @ts-nocheck\nimport { z } from 'absent8631'").error_text, "nope8631", "an export that is not there")
    equal(k.value("// @ts-nocheck\nglobalThis.runs8631"), "1", "how often it ran")
    package("both8631", index="export const other = 2; const f = () => 3; export { f as default, f as 'module.exports' };")
    equal(k.value("// @ts-nocheck\nimport both, { other } from 'both8631'; [both(), other]"), "[ 3, 2 ]", "a name for require()")
    equal(k.value("// @ts-nocheck\nimport all from './node_modules/both8631/index.js'; all === both"), "true", "the same by its path")


def modules(k, name, manifest=None, **files):
    """Write a package of ECMAScript modules into the notebook's folder."""
    os.makedirs(os.path.join(k.folder, "node_modules", name), exist_ok=True)
    k.write(f"node_modules/{name}/package.json", json.dumps({"name": name, "version": "1.0.0", "type": "module", "main": "index.js", **(manifest or {})}))
    for file, code in files.items():
        k.write(f"node_modules/{name}/{file.replace('_', '.')}" + ("" if "_" in file else ".js"), code)


@check("an ECMAScript module beside a CommonJS one, whose exports are its default export, keeps names of its own")
def wrapper_of_commonjs(k):
    exports = {"exports": {"import": "./wrapper.mjs", "require": "./index.cjs"}}
    modules(k, "wraps8633", exports, index_cjs="exports.one = 1;", wrapper_mjs="import all from './index.cjs'; export default all; export const extra = 'more';")
    cell = "// @ts-nocheck\nimport all8633, { extra as extra8633 } from 'wraps8633'; import * as ns8633 from 'wraps8633'; [all8633.one, extra8633, Object.keys(ns8633)]"
    equal(k.value(cell), "[ 1, 'more', [ 'default', 'extra' ] ]", "value")
    equal(k.value("// @ts-nocheck\n[require('wraps8633') === all8633, require('wraps8633').extra]"), "[ true, undefined ]", "by require")


@check("import.meta.resolve says where an import under Node's own conditions leads, in a cell and in a package")
def resolve_conditions(k):
    for condition in ("module-sync", "node-addons", "node"):
        name = f"meets8634-{condition}"
        modules(k, name, {"exports": {condition: "./yes.js", "import": "./no.js"}}, yes="export default 'yes';", no="export default 'no';")
        equal(k.value(f"// @ts-nocheck\n(await import('{name}')).default === (import.meta.resolve('{name}').endsWith('/yes.js') ? 'yes' : 'no')"), "true", condition)
    modules(k, "maps8634", index="export const all = ['typed-package', './part.js'].map(import.meta.resolve);")
    matches(k.value("// @ts-nocheck\n(await import('maps8634')).all"), r"typed-package/index\.js'.*maps8634/part\.js'", "handed to map()")
    contains(k.client.run("// @ts-nocheck\nimport.meta.resolve('absent8634')").error_text, "absent8634", "what is not there")


@check("a module with a query is a module of its own, and runs once for each")
def query(k):
    modules(k, "asked8635", index="globalThis.asked8635 = (globalThis.asked8635 ?? 0) + 1; export const n = globalThis.asked8635;")
    cell = "// @ts-nocheck\nconst all8635 = []; for (const end of ['?a', '?b', '', '#c', '?a']) all8635.push((await import('asked8635/index.js' + end)).n); all8635"
    equal(k.value(cell), "[ 1, 2, 3, 4, 1 ]", "of a package")
    equal(k.value("// @ts-nocheck\n(await import('./node_modules/asked8635/index.js?d')).n"), "5", "by its path")


@check("a module that is imported as JSON is refused, and does not run")
def wrong_attribute(k):
    modules(k, "plain8636", index="globalThis.ran8636 = true; export default 1;")
    contains(k.client.run("// @ts-nocheck\nawait import('plain8636', { with: { type: 'json' } })").error_text, "json", "error")
    equal(k.value("// @ts-nocheck\ntypeof globalThis.ran8636"), "'undefined'", "whether it ran")


@check("a file of node_modules that belongs to no package is CommonJS, whatever the folder's package.json says, and runs once")
def no_package(k):
    k.write("esm8637/package.json", '{ "type": "module" }')
    k.write("esm8637/node_modules/bare8637/index.js", "globalThis.runs8637 = (globalThis.runs8637 ?? 0) + 1; module.exports = { format: typeof module };")
    k.write("esm8637/local.ts", "// @ts-nocheck\nimport bare from 'bare8637/index.js';\nexport default bare.format;\n")
    equal(k.value("// @ts-nocheck\nimport format8637 from './esm8637/local.ts'; [format8637, globalThis.runs8637]"), "[ 'object', 1 ]", "value")


@check("a package's promises come before its process.nextTick, as where Node imports it")
def order_of_tasks(k):
    modules(k, "tasks8638", index="const say = (what) => (globalThis.said8638 ??= []).push(what); process.nextTick(() => say('tick')); Promise.resolve().then(() => say('promise')); say('now');")
    equal(k.value("// @ts-nocheck\nawait import('tasks8638'); await new Promise((done) => setTimeout(done, 20)); globalThis.said8638"), "[ 'now', 'promise', 'tick' ]", "order")


@check("a module that exports `then` is what that gives, as in Node")
def exports_then(k):
    for name, given, shown in (("text", "'hi'", "'hi'"), ("nothing", "", "undefined"), ("number", "5", "5")):
        modules(k, f"then8639-{name}", index=f"export function then(done) {{ done({given}); }}")
        equal(k.value(f"// @ts-nocheck\nawait import('then8639-{name}')"), shown if shown != "undefined" else None, name)


@check("a name that a CommonJS module does not export, asked for in a package: Node's error with the way out, each time")
def name_of_commonjs(k):
    modules(k, "hidden8640", {"type": "commonjs"}, index="const all = {}; Object.assign(all, { two: 2 }); module.exports = all;")
    modules(k, "names8640", index="import { two } from 'hidden8640'; export { two };")
    for time in ("first", "second"):
        error = k.client.run("// @ts-nocheck\nawait import('names8640')").error_text
        contains(error, "Named export 'two' not found. The requested module 'hidden8640' is a CommonJS module", f"the {time} time")
        contains(error, "import pkg from 'hidden8640'", f"the way out, the {time} time")


@check("a cycle of an ECMAScript module and a CommonJS one: the error names the file that requires")
def mixed_cycle(k):
    modules(k, "cycle8641", index="import './part.cjs';", part_cjs="require('cycle8641');")
    error = k.client.run("// @ts-nocheck\nawait import('cycle8641')").error_text
    contains(error, "Cannot require() ES Module", "error")
    matches(error, r"\(from .*/part\.cjs\)", "who requires it")


@check("a package does not see the cells' __dirname and __filename, by which many find out where they are")
def own_place(k):
    modules(k, "place8648", index="export const seen = [typeof __dirname, typeof __filename, typeof module, typeof exports];")
    equal(k.value("// @ts-nocheck\n[__dirname, __filename].map((path) => typeof path)"), "[ 'string', 'string' ]", "in a cell")
    equal(k.value("// @ts-nocheck\n(await import('place8648')).seen.every((type) => type === 'undefined')"), "true", "in a package")
    for template in ("file://${__dirname}", "it's ${__dirname}'s", "cd '${__dirname}'", '"${__dirname}"'):
        contains(k.value(f"String(`{template}`).length > 20 && `{template}`"), os.path.realpath(k.folder), template)
    equal(k.value("const where8648 = () => __dirname; where8648() === import.meta.dirname"), "true", "in a function of a cell")


@check("hooks that are registered for modules see what cells import", own_kernel=True)
def hooks(k):
    k.typescript_only()
    modules(k, "seen8642", index="export default 'as it is';")
    k.write("hooks8642.mjs", "export async function load(url, context, next) { const is = await next(url, context); return url.includes('seen8642') ? { ...is, source: 'export default \"changed\"' } : is; }")
    k.value("// @ts-nocheck\nimport { register } from 'node:module'; register('./hooks8642.mjs', `file://${__dirname}/`); register.name")
    equal(k.value("// @ts-nocheck\nimport seen8642 from 'seen8642'; seen8642"), "'changed'", "value")


@check("what a cell makes of require() does not change how packages of modules load")
def patched_require(k):
    modules(k, "alone8643", index="globalThis.alone8643 = (globalThis.alone8643 ?? 0) + 1; export default typeof module;")
    cell = """// @ts-nocheck
import { Module as Module8643 } from 'node:module';
const js8643 = Module8643._extensions['.js'];
Module8643._extensions['.js'] = (module, file) => (file.includes('alone8643') ? module._compile('globalThis.alone8643 = -1', file) : js8643(module, file));
const alone8643 = await import('alone8643');
Module8643._extensions['.js'] = js8643;
[alone8643.default, globalThis.alone8643, Object.keys(require.cache).some((file) => file.includes('alone8643'))]"""
    equal(k.value(cell), "[ 'undefined', 1, false ]", "value")


@check("the module that an import of CommonJS gives is shown by its values")
def commonjs_shown(k):
    modules(k, "shown8644", {"type": "commonjs"}, index="exports.b = 2; exports.a = { c: 1 };")
    equal(k.value("// @ts-nocheck\nawait import('shown8644')"), "[Module: null prototype] { a: { c: 1 }, b: 2, default: { b: 2, a: { c: 1 } } }", "value")


@check("a package whose loading was interrupted says so when it is asked for again", own_kernel=True)
def interrupted_package(k):
    k.typescript_only()
    os.makedirs(os.path.join(k.folder, "node_modules", "endless8632"), exist_ok=True)
    k.write("node_modules/endless8632/package.json", '{ "name": "endless8632", "version": "1.0.0", "type": "module", "main": "index.js" }')
    k.write("node_modules/endless8632/index.js", "console.log('loads'); for (;;);")
    first = k.client.start("// @ts-nocheck\nawait import('endless8632')")
    k.client.until(lambda: k.client.of(first, "stream"), 10, "the package's first line")
    k.interrupt_by_message()
    equal(k.client.finish(first, 12).error["ename"], "KeyboardInterrupt", "the first time")
    contains(k.client.run("// @ts-nocheck\nawait import('endless8632')").error_text, "restart the session to load it", "the second time")
    equal(k.value("1 + 1"), "2", "the cell after it")


def interrupted_while(k, code):
    """Interrupt a cell when the package that it loads has printed."""
    loads = k.client.start("// @ts-nocheck\n" + code)
    k.client.until(lambda: k.client.of(loads, "stream"), 10, "the package's first line")
    k.interrupt_by_message()
    equal(k.client.finish(loads, 12).error["ename"], "KeyboardInterrupt", code)


@check("what imports a package whose loading was interrupted says so too, by import and by require; one that throws says its own", own_kernel=True, seconds=60)
def interrupted_dependency(k):
    k.typescript_only()
    modules(k, "endless8645", index="console.log('loads'); for (;;);")
    modules(k, "above8645", index="import 'endless8645';")
    modules(k, "throws8645", index="throw new RangeError('its own');")
    modules(k, "waits8645", index="await null; throw new RangeError('later');")
    interrupted_while(k, "await import('endless8645')")
    for code in ("await import('above8645')", "require('endless8645')", "require('above8645')", "await import('endless8645')"):
        contains(k.client.run("// @ts-nocheck\n" + code).error_text, '"endless8645" was interrupted while it was loading', code)
    contains(k.client.run("// @ts-nocheck\nawait import('throws8645')").error_text, "its own", "a throw")
    contains(k.client.run("// @ts-nocheck\nawait import('waits8645')").error_text, "later", "a throw after an await")


@check("CommonJS whose loading was interrupted: an import says so, and require loads it anew", own_kernel=True, seconds=60)
def interrupted_commonjs(k):
    k.typescript_only()
    modules(k, "long8646", {"type": "commonjs"}, index="require('./part.js'); exports.whole = 1;", part="if (!globalThis.ends8646) { console.log('loads'); for (;;); }")
    interrupted_while(k, "require('long8646')")
    equal(k.value("// @ts-nocheck\nglobalThis.ends8646 = true; require('long8646').whole"), "1", "required again")
    modules(k, "endless8646", {"type": "commonjs"}, index="console.log('loads'); for (;;);")
    interrupted_while(k, "await import('endless8646')")
    contains(k.client.run("// @ts-nocheck\nawait import('endless8646')").error_text, "restart the session to load it", "imported again")
    equal(k.value("1 + 1"), "2", "the cell after it")


@check("a package that never ends its top-level await can be interrupted, and packages load after it", own_kernel=True)
def endless_await(k):
    k.typescript_only()
    modules(k, "never8647", index="console.log('loads'); await new Promise(() => {});")
    modules(k, "after8647", index="export const yes = true;")
    for _ in range(2):
        k.client.settle()
        waits = k.client.start("// @ts-nocheck\nconsole.log('here'); await import('never8647')")
        k.client.until(lambda: k.client.of(waits, "stream"), 10, "the first line")
        k.interrupt_by_message()
        equal(k.client.finish(waits, 12).error["ename"], "KeyboardInterrupt", "an interrupt")
    equal(k.value("// @ts-nocheck\n(await import('after8647')).yes"), "true", "another package")


@check("mathjs, danfojs-like CommonJS trees: a large real package imports with its types")
def real_package(k):
    equal(k.value("import { evaluate as evaluate8627 } from 'mathjs'; evaluate8627('sqrt(16) + 2')", seconds=30), "6", "value")


def in_own_folder(k):
    """npm tidies a folder up, which would take the other checks' packages away."""
    k.folder = make_folder(os.path.join(k.folder, "own"))
    k.start()


@check("%npm install installs a package in the notebook's folder, shows progress, and the package imports", without_kernel=True, seconds=60)
def npm_install(k):
    in_own_folder(k)
    package = os.path.join(k.folder, "source8628")
    k.write("source8628/package.json", '{"name":"packed-8628","version":"1.2.3","main":"index.js"}')
    k.write("source8628/index.js", "module.exports = { hello: 'from packed' };\n")
    outcome = k.client.run(f"%npm install {package}", seconds=50)
    equal(outcome.status, "ok", "status")
    k.client.settle()
    shown = "".join(m["content"].get("text", "") + str(m["content"].get("data", "")) for m in k.client.of(outcome.request_id, "stream", "display_data", "update_display_data"))
    matches(shown, r"(?i)added|packed-8628|up to date|installed", "what it shows")
    equal(k.value("// @ts-nocheck\nimport packed8628 from 'packed-8628'; packed8628.hello"), "'from packed'", "the import afterwards")


@check("%npm install of a package that does not exist is an error of the cell, not a hang", without_kernel=True, seconds=60)
def npm_install_fails(k):
    in_own_folder(k)
    outcome = k.client.run("%npm install ./no-such-folder-8629", seconds=50)
    equal(outcome.status, "error", "status")


@check("a tsconfig.json with path aliases does not break imports")
def tsconfig(k):
    k.write("tsconfig.json", '{"compilerOptions":{"strict":true,"target":"es2022","module":"nodenext"}}')
    try:
        equal(k.value("import { join as join8630 } from 'node:path'; join8630('a', 'c')"), "'a/c'", "value")
    finally:
        os.remove(os.path.join(k.folder, "tsconfig.json"))
