"""Notebooks written for tslab run unchanged."""

from harness.check import check
from harness.expect import contains, equal, matches, true

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@check("import * as tslab from 'tslab': display.html, markdown, latex, svg, javascript, text")
def tslab_display(k):
    outcome = k.client.run(
        "import * as tslab from 'tslab';\ntslab.display.html('<b>h</b>'); tslab.display.markdown('*m*'); tslab.display.latex('$l$'); tslab.display.svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'); tslab.display.javascript('1'); tslab.display.text('t')"
    )
    equal(outcome.status, "ok", f"status ({outcome.error_text})")
    got = [next(iter(d.items())) if len(d) == 1 else d for d in outcome.displays]
    for index, (mime, value) in enumerate(
        [("text/html", "<b>h</b>"), ("text/markdown", "*m*"), ("text/latex", "$l$"), ("image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), ("application/javascript", "1"), ("text/plain", "t")]
    ):
        data = outcome.displays[index]
        if mime == "application/javascript":
            true(data.get("application/javascript") == "1" or data.get("text/javascript") == "1", "javascript", data)
        else:
            equal(data.get(mime), value, f"{mime} ({got})")


@check("tslab.display.png, jpeg, gif, pdf take bytes; raw takes a MIME type")
def tslab_bytes(k):
    outcome = k.client.run(
        f"import {{ display as tdisplay9201 }} from 'tslab';\nconst png9201 = Uint8Array.from(Buffer.from('{PNG}', 'base64'));\ntdisplay9201.png(png9201); tdisplay9201.jpeg(png9201); tdisplay9201.gif(png9201); tdisplay9201.pdf(png9201); tdisplay9201.raw('text/x9201', 'r')"
    )
    equal(outcome.status, "ok", f"status ({outcome.error_text})")
    for index, mime in enumerate(["image/png", "image/jpeg", "image/gif", "application/pdf"]):
        equal(outcome.displays[index].get(mime, "").replace("\n", ""), PNG, mime)
    equal(outcome.displays[4]["text/x9201"], "r", "raw")


@check("tslab.newDisplay() overwrites one place")
def new_display(k):
    outcome = k.client.run("import { newDisplay as newDisplay9202 } from 'tslab'; const d9202 = newDisplay9202(); d9202.text('one'); d9202.html('<b>two</b>')")
    equal(outcome.status, "ok", f"status ({outcome.error_text})")
    ids = [c["transient"]["display_id"] for c in outcome.contents("display_data", "update_display_data")]
    equal(len(ids), 2, "messages")
    equal(len(set(ids)), 1, "ids")


@check("tslab.versions has tslab, typescript and node")
def versions(k):
    equal(k.value("import { versions as versions9203 } from 'tslab'; Object.keys(versions9203).sort().join()"), "'node,tslab,typescript'", "keys")


@check("the shim is typed: a wrong argument of tslab.display is a type error, members complete")
def typed(k):
    k.value("import * as tslab9204 from 'tslab'")
    equal(k.client.run("tslab9204.display.html(5)").status, "error", "status")
    contains(k.client.complete("tslab9204.display.")["matches"], "markdown", "matches")


@check("require('tslab') gives the same shim")
def required(k):
    equal(k.value("// @ts-nocheck\ntypeof require('tslab').display.html"), "'function'", "value")


# Cells in the manner of tslab's own documentation: unions, React-less classes, promises, enums, timers.
NOTEBOOK = [
    ("console.log('hello world')", None),
    ("let x9205: number = 10;\nlet y9205 = x9205 * 2;\ny9205", "20"),
    ("class Person9205 { constructor(public name: string) {} greet() { return `Hello, ${this.name}!`; } }\nlet p9205 = new Person9205('Ann');\np9205.greet()", "'Hello, Ann!'"),
    ("let sleep9205 = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));\nawait sleep9205(10);\n'slept'", "'slept'"),
    ("import * as os9205 from 'os';\nimport fs9205 from 'fs';\ntypeof os9205.cpus().length + typeof fs9205.existsSync", "'numberfunction'"),
    ("interface Shape9205 { kind: 'circle' | 'square'; size: number }\nconst shapes9205: Shape9205[] = [{ kind: 'circle', size: 2 }];\nshapes9205.map((s) => s.size)[0]", "2"),
    ("enum Color9205 { Red, Green }\nColor9205[Color9205.Green]", "'Green'"),
    ("/** @module mod9205 */\nexport const shared9205 = 42;\nexport function twice9205(n: number) { return 2 * n; }", None),
    ("import { shared9205 as s9205, twice9205 as t9205 } from './mod9205';\nt9205(s9205)", "84"),
    ("const tslab9205 = require('tslab');\ntslab9205.display.html('<i>x</i>')", None),
]


@check("a notebook in the manner of tslab's documentation runs cell by cell without an error")
def notebook(k):
    for code, value in NOTEBOOK:
        outcome = k.client.run(code)
        equal(outcome.status, "ok", f"status of {code!r} ({outcome.error_text[:500]})")
        if value is not None:
            equal(outcome.value, value, f"value of {code!r}")


@check("/** @module name */ makes a cell importable as a module, also after a change")
def module_cell(k):
    k.value("/** @module mod9206 */\nexport const v = 1;")
    equal(k.value("import { v as v9206 } from './mod9206'; v9206"), "1", "value")
    k.value("/** @module mod9206 */\nexport const v = 2;")
    equal(k.value("import { v as v9206 } from './mod9206'; v9206"), "2", "value after the change")
