"""`npm:` specifiers as Deno has them, found where npm installed them; what cannot be imported says what to do."""

from harness.check import check
from harness.expect import contains, equal


def failing(k, code):
    outcome = k.client.run(code)
    equal(outcome.status, "error", f"status of {code!r}")
    return outcome.error_text


@check("npm: with a version that fits, a range, a tag or none is the installed package, typed")
def fitting(k):
    for number, version in enumerate(("", "@1.0.0", "@^1", "@1", "@*", "@latest", "@>=1 <2")):
        equal(k.value(f"import {{ half as half97{number} }} from 'npm:typed-package{version}'; half97{number}(8)"), "4", version)
    contains(failing(k, "import { half as half9709 } from 'npm:typed-package@1'; half9709('x')"), "not assignable", "the check of an argument")


@check("npm: with a version that is not installed is said with what is and how to install it")
def other_version(k):
    for code in (
        "import { half as half9711 } from 'npm:typed-package@2'; half9711(8)",
        "import { half as half9712 } from 'npm:typed-package@^3.1'; half9712(8)",
    ):
        text = failing(k, code)
        contains(text, "1.0.0", "what is installed")
        contains(text, "npm install typed-package@", "the way out")


@check("npm: in a dynamic import, with a subpath, a slash before the name, or of a file beside the notebook")
def forms(k):
    equal(k.value("(await import('npm:typed-package@1')).half(2)"), "1", "dynamic")
    equal(k.value("import { half as half9721 } from 'npm:/typed-package@1.0.0'; half9721(6)"), "3", "with a slash")
    equal(k.value("// @ts-nocheck\nimport { one as one9723 } from 'npm:cjs-named@1/index.js'; one9723"), "1", "subpath")
    k.write("versions9724.ts", "export { half } from 'npm:typed-package@^1';\n")
    equal(k.value("import { half as half9724 } from './versions9724.ts'; half9724(4)"), "2", "in a local file")
    equal(k.value("import type { Shape as Shape9725 } from 'npm:typed-package@1'; const s9725: Shape9725 = { sides: 3 }; s9725.sides"), "3", "a type")


@check("a package that is not installed, jsr: and https: say how to have it", seconds=60)
def absent(k):
    for code, words in {
        "import a9731 from 'npm:no-such-thing-9731@^4'; a9731": "npm install no-such-thing-9731@^4",
        "await import('npm:no-such-thing-9732')": "npm install no-such-thing-9732",
        "import b9733 from 'jsr:@std/no-such-9733@1'; b9733": "jsr add @std/no-such-9733@1",
        "import c9734 from 'https://esm.sh/no-such-9734@1.2.3'; c9734": "npm install no-such-9734@1.2.3",
        "await import('https://example.org/file.ts')": "save the file beside the notebook",
    }.items():
        contains(failing(k, code), words, code)
    equal(k.value("1 + 1"), "2", "the kernel goes on")
