"""The notebook's tsconfig.json decides how cells and local files are checked, emitted and found."""

import json
import os

from harness.check import check
from harness.expect import contains, equal, lacks
from harness.folder import make_folder


def with_options(k, name, options, text=None):
    """A kernel in a folder of its own, whose tsconfig.json has these compilerOptions."""
    k.folder = make_folder(os.path.join(k.folder, name))
    k.write("tsconfig.json", text if text is not None else json.dumps({"compilerOptions": options}))
    k.start()


@check("experimentalDecorators: a decorator is called with the class or the prototype and name", without_kernel=True)
def decorators(k):
    with_options(k, "decorators", {"experimentalDecorators": True})
    k.value("const seen9801: unknown[] = []")
    k.value("function note(...target: any[]) { seen9801.push(target.length, typeof target[0], target[1]) }")
    k.value("@note class A9801 { @note m() {} }")
    equal(k.value("seen9801"), "[ 3, 'object', 'm', 1, 'function', undefined ]", "legacy calls")


@check("without it, decorators are those of the standard")
def standard_decorators(k):
    equal(k.value("const kinds9802: string[] = []; function kind9802(_: unknown, context: DecoratorContext) { kinds9802.push(context.kind) }\n@kind9802 class A9802 { @kind9802 m() {} }\nkinds9802"), "[ 'method', 'class' ]", "kinds")


@check("emitDecoratorMetadata: the types of what is decorated are there to read", without_kernel=True)
def metadata(k):
    with_options(k, "metadata", {"experimentalDecorators": True, "emitDecoratorMetadata": True})
    k.value("const types9803: any[] = []; (Reflect as any).metadata = (key: string, value: any) => () => { types9803.push([key, value?.name ?? value?.map?.((v: any) => v.name)]) }")
    k.value("function field(..._: any[]) {}\nclass A9803 { @field m(a: number, b: string): boolean { return a > b.length } }")
    contains(k.value("types9803"), "[ 'design:paramtypes', [ 'Number', 'String' ] ]", "types of the parameters")


@check("useDefineForClassFields false: a field is assigned, so a setter of the base is called", without_kernel=True)
def fields(k):
    with_options(k, "fields", {"useDefineForClassFields": False})
    k.write("held9804.ts", "export class Base { hit = 0; set x(_: number) { this.hit++ } get x() { return 1 } }\n")
    equal(k.value("import { Base } from './held9804.ts'\n// @ts-expect-error an accessor\nclass A9804 extends Base { x = 5 }\nnew A9804().hit"), "1", "the setter")


@check("jsx react with a factory of one's own: tags call it, also in a local file", without_kernel=True)
def factory(k):
    with_options(k, "factory", {"jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "Part"})
    k.value("declare global { namespace JSX { interface IntrinsicElements { [name: string]: any } } }\nconst h = (name: any, props: any, ...children: any[]) => [name, props, ...children]; const Part = 'part'")
    equal(k.value("<b id='1'>x</b>"), "[ 'b', { id: '1' }, 'x' ]", "an element")
    equal(k.value("<>y</>"), "[ 'part', null, 'y' ]", "a fragment")


@check("paths, baseUrl and extends: an alias is the file it points to, for the check and at run time", without_kernel=True)
def aliases(k):
    k.folder = make_folder(os.path.join(k.folder, "aliases"))
    k.write("base/tsconfig.base.json", '{ // as editors write it\n "compilerOptions": { "strict": true, }, }')
    k.write("tsconfig.json", json.dumps({"extends": "./base/tsconfig.base.json", "compilerOptions": {"baseUrl": ".", "paths": {"@lib/*": ["src/*"], "only": ["src/only.ts"]}}}))
    k.write("src/a.ts", "import { two } from '@lib/b';\nexport const three: number = two + 1;\n")
    k.write("src/b.ts", "export const two = 2;\n")
    k.write("src/only.ts", "export default 'only' as const;\n")
    k.start()
    equal(k.value("import { three as t9806 } from '@lib/a'; t9806"), "3", "a pattern")
    equal(k.value("import only9806 from 'only'; only9806"), "'only'", "a name")
    equal(k.value("import { two as t9807 } from 'src/b'; t9807"), "2", "from baseUrl")
    outcome = k.client.run("const wrong9806: string = t9806")
    contains(outcome.error_text, "not assignable", "the check knows its type")


@check("package imports (#name), .cts, .mts, .js for .ts and require of TypeScript", without_kernel=True)
def local_forms(k):
    k.folder = make_folder(os.path.join(k.folder, "forms"))
    k.write("package.json", json.dumps({"name": "forms", "private": True, "type": "module", "imports": {"#inner": "./inner.ts", "#in/*": "./deep/*.ts"}}))
    k.write("inner.ts", "export const inner: number = 1;\n")
    k.write("deep/x.ts", "export const x: string = 'x';\n")
    k.write("old.cts", "const value: number = 4;\nexport = { value };\n")
    k.write("new.mts", "export const fresh: number = 5;\n")
    k.write("plain.cjs", "exports.first = 1; exports.second = () => 2;\n")
    k.start()
    equal(k.value("import { inner as i9808 } from '#inner'; import { x as x9808 } from '#in/x'; [i9808, x9808]"), "[ 1, 'x' ]", "imports of the package")
    equal(k.value("import old9808 from './old.cts'; import { fresh as f9808 } from './new.mts'; [old9808.value, f9808]"), "[ 4, 5 ]", ".cts and .mts")
    equal(k.value("import { inner as i9809 } from './inner.js'; i9809"), "1", ".js for .ts")
    equal(k.value("// @ts-nocheck\nimport { first as f9810, second as s9810 } from './plain.cjs'; [f9810, s9810()]"), "[ 1, 2 ]", "names of CommonJS")
    equal(k.value("// @ts-nocheck\n[require('./inner.ts').inner, require('./old.cts').value]"), "[ 1, 4 ]", "require")


@check("a tsconfig.json that cannot be read, or says nonsense, is one line and no failure", without_kernel=True, seconds=90)
def broken(k):
    for number, text in enumerate((
        "{ nonsense",
        "[]",
        '{"extends": "./nowhere.json"}',
        '{"compilerOptions": {"jsx": 5, "paths": {"a": "b"}, "experimentalDecorators": "yes"}}',
    )):
        with_options(k, f"broken{number}", {}, text)
        outcome = k.client.run("const a9811: number = 1; a9811")
        equal(outcome.status, "ok", f"status with {text}")
        contains(outcome.stderr, "tsconfig.json", f"what is said of {text}")
        again = k.client.run("a9811 + 1")
        equal(again.status, "ok", "status of the next cell")
        lacks(again.stderr, "tsconfig.json", "what the next cell says")
        k.stop()
