"""How values look: rich displays, tables, figures, the console."""

import base64
import json

from harness.check import check
from harness.expect import contains, equal, lacks, matches, true

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def bundle(k, code, **options):
    """The only result or display of a cell that must succeed."""
    outcome = k.client.run(code, **options)
    equal(outcome.status, "ok", f"status of {code!r} ({outcome.error_text})")
    equal(len(outcome.rich), 1, f"results and displays of {code!r} ({outcome!r})")
    return outcome.rich[0]


@check("Symbol.for('Jupyter.display') on an object gives the MIME bundle of a result")
def jupyter_display(k):
    data = bundle(k, "({ [Symbol.for('Jupyter.display')]() { return { 'text/html': '<b>hi</b>', 'text/plain': 'hi' }; } })")
    equal(data, {"text/html": "<b>hi</b>", "text/plain": "hi"}, "bundle")


@check("Symbol.for('Jupyter.display') may be asynchronous, may live on a class")
def jupyter_display_async(k):
    data = bundle(k, "class Shown8901 { async [Symbol.for('Jupyter.display')]() { await null; return { 'text/markdown': '*x*' }; } }\nnew Shown8901()")
    equal(data["text/markdown"], "*x*", "text/markdown")


@check("an error inside Symbol.for('Jupyter.display') does not lose the value")
def jupyter_display_throws(k):
    outcome = k.client.run("({ safe8902: 1, [Symbol.for('Jupyter.display')]() { throw new Error('broken display 8902'); } })")
    contains(str(outcome.rich) + outcome.error_text + outcome.stderr, "8902", "what is shown")
    equal(k.value("1 + 1"), "2", "the next cell")


@check("display(value) shows it as a display_data and the object's own bundle counts")
def display_own(k):
    outcome = k.client.run("display({ [Symbol.for('Jupyter.display')]() { return { 'text/html': '<i>d</i>' }; } }); undefined")
    equal(outcome.displays[0]["text/html"], "<i>d</i>", "text/html")
    equal(outcome.contents("execute_result"), [], "results")


@check("html, md and svg tagged templates")
def tagged_templates(k):
    equal(bundle(k, "html`<b>${1 + 1}</b>`")["text/html"], "<b>2</b>", "html")
    equal(bundle(k, "md`# ${'T'}`")["text/markdown"], "# T", "md")
    equal(bundle(k, "svg`<svg xmlns='http://www.w3.org/2000/svg' width=\"${3}\"></svg>`")["image/svg+xml"], "<svg xmlns='http://www.w3.org/2000/svg' width=\"3\"></svg>", "svg")


@check("a plain object, array, function and class are shown by util.inspect without colours")
def inspected(k):
    equal(k.value("({ a: [1, { b: null }], f() {} })"), "{ a: [ 1, { b: null } ], f: [Function: f] }", "object")
    equal(k.value("class Plain8903 { x = 1 }\nnew Plain8903()"), "Plain8903 { x: 1 }", "instance")
    equal(k.value("Plain8903"), "[class Plain8903]", "class")
    equal(k.value("Symbol('s')"), "Symbol(s)", "symbol")


@check("a circular object, a proxy that throws and a getter that throws can be shown")
def hostile_values(k):
    contains(k.value("const circle8904: any = { a: 1 }; circle8904.self = circle8904; circle8904"), "Circular", "circular")
    equal(k.client.run("new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); } })").status, "ok", "proxy")
    equal(k.client.run("({ get bad() { throw new Error('getter'); } })").status, "ok", "getter")


@check("an array of records is a table: text/html with one row a record, text beside")
def records_table(k):
    data = bundle(k, "[{ model: 'a', loss: 2.5 }, { model: 'b', loss: 2.25 }]")
    contains(data["text/html"], "<table", "text/html")
    for piece in ("model", "loss", "2.5", "2.25"):
        contains(data["text/html"], piece, "text/html")
    equal(data["text/html"].count("<tr"), 3, "rows")
    contains(data["text/plain"], "2.25", "text/plain")


@check("a table escapes HTML in names and values")
def table_escapes(k):
    data = bundle(k, "[{ '<i>k</i>': '<script>alert(1)</script>' }]")
    lacks(data["text/html"], "<script>", "text/html")
    lacks(data["text/html"], "<i>k", "text/html")
    contains(data["text/html"], "&lt;script&gt;", "text/html")


@check("records with different keys, null and nested values make one table")
def ragged_table(k):
    data = bundle(k, "[{ a: 1 }, { b: null }, { a: { deep: [1] }, b: undefined }]")
    contains(data["text/html"], "deep", "text/html")


@check("a long table is cut, with a note of its length")
def long_table(k):
    data = bundle(k, "Array.from({ length: 10_000 }, (_, i) => ({ i, sq: i * i }))")
    true(len(data["text/html"]) < 200_000, "characters of the table below 200,000", len(data["text/html"]))
    matches(data["text/html"], r"10[,\u202f\u00a0_ ]?000", "text/html")


@check("an array of numbers and an empty array are no tables")
def number_array(k):
    equal(bundle(k, "[1, 2, 3]"), {"text/plain": "[ 1, 2, 3 ]"}, "bundle")
    equal(bundle(k, "[]"), {"text/plain": "[]"}, "bundle")


@check("Map and Set are tables with text beside")
def map_and_set(k):
    data = bundle(k, "new Map([['x', 1], ['y', 2]])")
    contains(data.get("text/html", ""), "<table", "Map as text/html")
    contains(data["text/plain"], "'x' => 1", "Map as text/plain")
    data = bundle(k, "new Set(['p', 'q'])")
    contains(data.get("text/html", ""), "<table", "Set as text/html")
    contains(data["text/plain"], "'q'", "Set as text/plain")


@check("typed arrays are shown with type and length, long ones cut")
def typed_arrays(k):
    data = bundle(k, "new Float64Array([1.5, 2.5])")
    contains(data["text/plain"], "Float64Array(2) [ 1.5, 2.5 ]", "text/plain")
    data = bundle(k, "new Float64Array(1_000_000)")
    true(len(json.dumps(data)) < 100_000, "characters below 100,000", len(json.dumps(data)))


@check("an arquero table is an HTML table with text beside")
def arquero(k):
    data = bundle(k, "import { table as table8905 } from 'arquero'; table8905({ n: [1, 2], loss: [3.5, 2.5] })", seconds=30)
    contains(data.get("text/html", ""), "<table", "text/html")
    contains(data["text/html"], "3.5", "text/html")
    contains(data["text/html"], "loss", "text/html")
    true(bool(data.get("text/plain")), "text/plain", data)


@check("a danfojs frame is an HTML table with text beside", seconds=60)
def danfojs(k):
    data = bundle(k, "// @ts-nocheck\nimport * as dfd8906 from 'danfojs-node'; new dfd8906.DataFrame({ n: [1, 2], loss: [3.5, 2.5] })", seconds=50)
    contains(data.get("text/html", ""), "<table", "text/html")
    contains(data["text/html"], "3.5", "text/html")
    contains(data["text/html"], "loss", "text/html")


@check("a frame by its shape, as polars has it (schema, head, toRecords), is an HTML table")
def polars_shape(k):
    data = bundle(
        k,
        "// @ts-nocheck\nclass Frame8907 { schema = { n: 'f64', loss: 'f64' }; head(m) { return this; } toRecords() { return [{ n: 1, loss: 3.5 }, { n: 2, loss: 2.5 }]; } }\nnew Frame8907()",
    )
    contains(data.get("text/html", ""), "<table", "text/html")
    contains(data["text/html"], "3.5", "text/html")


@check("a Plotly figure ({ data, layout }) is application/vnd.plotly.v1+json with text beside")
def plotly(k):
    data = bundle(k, "({ data: [{ type: 'scatter' as const, x: [1, 2], y: [3, 4] }], layout: { title: { text: 'T' } } })")
    contains(data, "application/vnd.plotly.v1+json", "bundle")
    figure = data["application/vnd.plotly.v1+json"]
    equal(figure["data"][0]["y"], [3, 4], "data")
    contains(data, "text/plain", "bundle")


@check("a helper's figure shows itself as Plotly with text beside")
def helper_figure(k):
    import os

    source = os.path.join(k.folder, "node_modules", "isoflop")
    true(os.path.exists(source), "isoflop is built and linked")
    outcome = k.client.run("// @ts-nocheck\nimport * as helpers8908 from 'isoflop'; Object.keys(helpers8908).filter((n) => /figure|plot|curve|contour|residual/i.test(n)).length")
    true(int(outcome.value or 0) >= 1, "figure helpers", outcome)


@check("a typed array in a Plotly figure becomes plain numbers")
def plotly_typed_array(k):
    data = bundle(k, "({ data: [{ type: 'scatter' as const, x: new Float64Array([1, 2]), y: Float32Array.of(3, 4) }], layout: {} })")
    figure = data["application/vnd.plotly.v1+json"]
    equal(figure["data"][0]["x"], [1, 2], "x")


@check("a Vega(-Lite) value by its toSpec is a Vega MIME type")
def vega(k):
    data = bundle(k, "({ toSpec() { return { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'point' }; } })")
    matches(" ".join(data), r"application/vnd\.vegalite\.v5\+json", "bundle")


@check("PNG and JPEG bytes are images")
def image_bytes(k):
    data = bundle(k, f"Uint8Array.from(Buffer.from('{PNG}', 'base64'))")
    equal(base64.b64decode(data["image/png"])[:8], b"\x89PNG\r\n\x1a\n", "bytes")
    data = bundle(k, "Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70)")
    contains(data, "image/jpeg", "bundle")


@check("bytes that are no image are shown as bytes")
def plain_bytes(k):
    contains(bundle(k, "Uint8Array.of(1, 2, 3)")["text/plain"], "[ 1, 2, 3 ]", "text/plain")


@check("a canvas (toDataURL) and a DOM element (outerHTML) by their shape")
def canvas_and_dom(k):
    data = bundle(k, f"({{ toDataURL() {{ return 'data:image/png;base64,{PNG}'; }} }})")
    contains(data, "image/png", "bundle of a canvas")
    data = bundle(k, "({ outerHTML: '<p>dom</p>' })")
    equal(data.get("text/html"), "<p>dom</p>", "text/html of an element")


@check("console.table prints a table")
def console_table(k):
    outcome = k.client.run("console.table([{ a: 1, b: 2 }])")
    shown = outcome.stdout + str(outcome.displays)
    for piece in ("a", "b", "1", "2"):
        contains(shown, piece, "output")


@check("console.dir, console.info, console.debug go to stdout, console.warn and console.error to stderr")
def console_streams(k):
    outcome = k.client.run("console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.info('i'); console.debug('d'); console.warn('w'); console.error('e'); console.trace('t')")
    equal(outcome.stdout, "{ a: [Object] }\ni\nd\n", "stdout")
    matches(outcome.stderr, r"^w\ne\nTrace: t", "stderr")


@check("console.group indents, console.count counts, console.assert complains")
def console_group(k):
    outcome = k.client.run("console.group('g'); console.log('in'); console.groupEnd(); console.log('out'); console.count(); console.count(); console.assert(false, 'claim')")
    equal(outcome.stdout, "g\n  in\nout\ndefault: 1\ndefault: 2\n", "stdout")
    contains(outcome.stderr, "claim", "stderr")


@check("console.time and timeEnd measure across cells")
def console_time(k):
    k.client.run("console.time('t8909')")
    matches(k.client.run("console.timeEnd('t8909')").stdout, r"^t8909: [\d.:]+ ?(ms|s|m)", "stdout")


@check("console.log formats %s, %d, %o and several values")
def console_format(k):
    equal(k.client.run("console.log('%s is %d', 'x', 5, { a: 1 })").stdout, "x is 5 { a: 1 }\n", "stdout")


@check("process.stdout.write with a callback, bytes and isTTY behaves as a stream")
def process_stdout(k):
    outcome = k.client.run("await new Promise<void>((r) => process.stdout.write(Buffer.from('bytes\\n'), () => r())); process.stdout.isTTY ?? false")
    equal(outcome.stdout, "bytes\n", "stdout")
    equal(outcome.value, "false", "isTTY")


@check("fs.writeSync(1) and a native print reach the notebook")
def write_to_descriptor(k):
    outcome = k.client.run("import { writeSync as writeSync8910 } from 'node:fs'; writeSync8910(1, 'by descriptor\\n'); 1")
    k.client.settle()
    text = "".join(m["content"]["text"] for m in k.client.of(outcome.request_id, "stream"))
    contains(text, "by descriptor", "streams")


@check("maths: display.latex gives text/latex")
def latex(k):
    equal(bundle(k, "display.latex('$L = E$'); undefined")["text/latex"], "$L = E$", "text/latex")


@check("several displays and a result arrive in order")
def several(k):
    outcome = k.client.run("display(1); display('two'); 3")
    equal([d["text/plain"].strip("'") for d in outcome.rich], ["1", "two", "3"], "texts")


@check("a Date, RegExp, Error and URL value look as in Node")
def special_values(k):
    equal(k.value("new Date(Date.UTC(2024, 0, 2))"), "2024-01-02T00:00:00.000Z", "Date")
    equal(k.value("/a+/gi"), "/a+/gi", "RegExp")
    contains(k.value("new RangeError('as a value')"), "RangeError: as a value", "Error")


@check("the metadata of a raw bundle is passed on")
def metadata(k):
    outcome = k.client.run("display.raw('image/png', 'AAAA', { 'image/png': { width: 10 } }); undefined")
    equal(outcome.contents("display_data")[0]["metadata"], {"image/png": {"width": 10}}, "metadata")


@check("what is shown can be replaced whatever its id was given as, and each id is text")
def odd_ids(k):
    k.typescript_only()
    outcome = k.client.run("for (const id of ['', null, undefined, 5, 'x8950', { toString: () => 'o8950' }]) display(1, { id: id as any }).update(2);")
    equal(outcome.status, "ok", "status")
    sent = {}
    for message in outcome.messages:
        if message["msg_type"] in ("display_data", "update_display_data"):
            sent.setdefault(message["msg_type"], []).append(message["content"]["transient"].get("display_id"))
    equal(sent["display_data"], sent["update_display_data"], "ids of displays and updates")
    equal(sent["display_data"][3:], ["5", "x8950", "o8950"], "ids that were given")
    true(all(isinstance(each, str) and each for each in sent["display_data"]), "ids are text", sent)


@check("a progress bar refuses steps and totals that are no numbers, and goes on")
def odd_progress(k):
    k.typescript_only()
    code = "const said8951: string[] = [];\nconst attempt8951 = (act: () => unknown) => { try { act(); } catch (error: any) { said8951.push(error.message.slice(0, 30)); } };\nconst bar8951 = progress(2);\nfor (const n of [NaN, 'x', Infinity] as number[]) attempt8951(() => bar8951.tick(n));\nattempt8951(() => progress(Infinity)); bar8951.tick(-5); bar8951.tick(); bar8951.tick();\nsaid8951.length"
    outcome = k.client.run(code)
    equal(outcome.value, "4", "refusals")
    contains(json.dumps(outcome.contents("update_display_data")), "2 of 2 (100 %)", "the bar in the end")


@check("an object where a display has text is told as JSON")
def object_for_text(k):
    k.typescript_only()
    data = bundle(k, "display.raw({ 'text/html': { a: [1] } } as any);")
    equal(data["text/html"], '{"a":[1]}', "text/html")
