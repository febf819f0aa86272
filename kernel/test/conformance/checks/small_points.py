"""Small points of the language: what other programs may say, a cell may too."""

from harness.check import check
from harness.expect import contains, equal


def ran(k, code, **options):
    outcome = k.client.run(code, **options)
    equal(outcome.status, "ok", f"status of {code!r} ({outcome.error_text})")
    return outcome


@check("what Node has without an import is typed: WebAssembly, CryptoKey, SubtleCrypto and the classes @types/node has as values only")
def node_globals(k):
    k.typescript_only()
    wasm = "new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])"
    for code in (
        f"const module9201: WebAssembly.Module = await WebAssembly.compile({wasm}); WebAssembly.Module.exports(module9201).map(({{ name, kind }}) => name + kind)",
        f"const {{ instance: instance9201 }} = await WebAssembly.instantiate({wasm}, {{ env: {{ f: () => 1 }} }}); const exports9201: WebAssembly.Exports = instance9201.exports; Object.keys(exports9201)",
        f"WebAssembly.validate({wasm}) && new WebAssembly.Instance(new WebAssembly.Module({wasm})) instanceof WebAssembly.Instance",
        "new WebAssembly.Memory({ initial: 1 }).buffer.byteLength.toFixed()",
        "try { new WebAssembly.Module(new Uint8Array(1)) } catch (e) { if (e instanceof WebAssembly.CompileError) e.message.length }",
        "const key9201: CryptoKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']); key9201.extractable && key9201 instanceof CryptoKey",
        "const subtle9201: SubtleCrypto = crypto.subtle; (await subtle9201.digest('SHA-256', new Uint8Array(1))).byteLength.toFixed()",
        "const curve9201: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' }; const pair9201: CryptoKeyPair = await crypto.subtle.generateKey(curve9201, true, ['sign']); pair9201.publicKey.type.length",
        "const jwk9201: JsonWebKey = await crypto.subtle.exportKey('jwk', key9201); jwk9201.kty?.length",
        "const gcm9201: AesGcmParams = { name: 'AES-GCM', iv: new Uint8Array(12) }; const made9201: KeyAlgorithm = key9201.algorithm; made9201.name === gcm9201.name",
        "const derive9201: Pbkdf2Params = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations: 1 }; derive9201.iterations.toFixed()",
        "const all9201: Crypto = crypto; all9201.randomUUID().length",
        "const encoder9201: TextEncoder = new TextEncoder(); encoder9201.encode('x').length",
        "const decoder9201: TextDecoder = new TextDecoder(); decoder9201.decode(new Uint8Array(1)).length",
        "const clock9201: Performance = performance; clock9201.now().toFixed(0).length > 0",
        "const mark9201: PerformanceMark = performance.mark('m'); const entry9201: PerformanceEntry = mark9201; entry9201.startTime.toFixed(0).length > 0",
        "const { port1: port9201 }: MessageChannel = new MessageChannel(); const same9201: MessagePort = port9201; same9201.close()",
        "const casts9201: BroadcastChannel = new BroadcastChannel('x'); casts9201.close()",
    ):
        ran(k, code)
    for code in ("WebAssembly.nope", "const no9201: CryptoKey = 5", "new WebAssembly.Memory('x')", "const no9202: SubtleCrypto = {}", "const no9203: CryptoKeyPair = {}", "const no9204: AesGcmParams = { name: 1 }", "performance.nope"):
        equal(k.client.run(code).content.get("ename"), "TypeScriptError", f"ename of {code!r}")


@check("a first line for the system's shell is ignored, on the first line only")
def shebang(k):
    k.typescript_only()
    for line in ("#!/usr/bin/env node", "#!/usr/bin/env -S npx tsx", "#! /bin/sh", "#!"):
        equal(ran(k, f"{line}\nconst first9204 = 1;\nfirst9204 + 1").value, "2", line)
    equal(ran(k, "#!/usr/bin/env node").value, None, "alone")
    contains(k.client.run("#!/usr/bin/env node\nconst x9204: number = 'x'").error_text, "cell 2:7", "line of an error")
    equal(k.client.run("1\n#!/usr/bin/env node").status, "error", "on the second line")


@check("import x = require() gives a module, with its types, to this cell and the next ones")
def import_equals(k):
    k.typescript_only()
    for code, value in {
        "import path9205 = require('node:path'); path9205.basename('/a/b')": "'b'",
        "path9205.extname('a.ts')": "'.ts'",
        "import path9205 = require('path'); path9205.sep": "'/'",
        "import util9205 = require(\"util\"); import os9205 = require('os')\nutil9205.inspect(typeof os9205.cpus)": "\"'function'\"",
        "export import fs9205 = require('fs'); fs9205.existsSync('/')": "true",
        "import type events9205 = require('events'); const e9205: events9205 | undefined = undefined; e9205": None,
        "namespace N9205 { export const inner = 3 }\nimport inner9205 = N9205.inner; inner9205": "3",
    }.items():
        equal(ran(k, code).value, value, code)
    contains(k.client.run("path9205.basename(5)").error_text, "TS2345", "typed in a later cell")
    contains(k.client.run("import none9205 = require('none-9205')").error_text, "npm install none-9205", "missing")


@check("require.main === module, as in a program that is run", own_kernel=True)
def require_main(k):
    k.typescript_only()
    for code, value in {
        "let ran9206 = false; if (require.main === module) ran9206 = true; ran9206": "true",
        "require.main === module": "true",
        "if (require.main !== module) throw new Error('not main')": None,
        "module.exports = { a: 1 }; module.exports.a": "1",
        "exports.b = 2; exports.b": "2",
        "typeof module.id": "'string'",
        "require.main?.filename === __filename": "true",
        "import { inspect as inspect9206 } from 'node:util'; inspect9206(1)": "'1'",
    }.items():
        equal(ran(k, code).value, value, code)
    equal(ran(k, "const module = 'mine'; module").value, "'mine'", "a notebook's own")
    equal(ran(k, "module.length").value, "4", "and later")
    equal(ran(k, "require('node:vm').runInThisContext('typeof module + typeof exports')").value, "'undefinedundefined'", "what packages see")


@check("prompt gives a string, by its type too")
def prompt_type(k):
    k.typescript_only()
    equal(ran(k, "const name9207: string = prompt('name'); name9207.toUpperCase()", answers=["ada"]).value, "'ADA'", "value")
    equal(ran(k, "prompt('empty').length", answers=[""]).value, "0", "an empty answer")
    equal(ran(k, "prompt('empty', 'otherwise').toUpperCase()", answers=[""]).value, "'OTHERWISE'", "the default")
