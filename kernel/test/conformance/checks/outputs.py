"""What goes with an output, for front ends that do not know its type or have rules of their own."""

import re

from harness.check import check
from harness.expect import contains, equal, lacks, matches, true

PLOTLY = "application/vnd.plotly.v1+json"
SVG = "image/svg+xml"


def shown(k, code):
    outcome = k.client.run(code)
    equal(outcome.status, "ok", f"status of {code!r} ({outcome.error_text})")
    equal(len(outcome.rich), 1, f"results and displays of {code!r} ({outcome!r})")
    return outcome.rich[0]


@check("every display has text/plain beside, whatever its type and however it was made")
def text_beside(k):
    for code, text in [
        ("display.html('<h1>A</h1><p>b &amp; c</p>')", "A\nb & c"),
        ("display.md('**x**')", "**x**"),
        ("display.latex('$x$')", "$x$"),
        ("display.json({ a: [1] })", "{ a: [ 1 ] }"),
        ("display.svg('<svg><title>T</title></svg>')", "T"),
        ("display.raw('application/x-own', 'data')", "application/x-own"),
        ("display.raw({ 'text/html': '<b>r</b>' })", "r"),
        ("html`<i>${'t'}</i>`", "t"),
        ("({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>own</b>' }) })", "own"),
        ("({ [Symbol.for('Jupyter.mimebundle')]: () => ({ data: { 'text/html': '<b>own</b>' } }) })", "own"),
        ("await Deno.jupyter.display({ 'text/html': '<b>d</b>' }, { raw: true })", "d"),
        ("import { display as shown8911 } from 'tslab'; shown8911.html('<b>tslab</b>')", "tslab"),
    ]:
        equal(shown(k, code)["text/plain"], text, code)
    handle = k.client.run("const handle8912 = display(1, { id: 'p8912' }); handle8912.update(html`<b>later</b>`)")
    equal(handle.contents("update_display_data")[0]["data"]["text/plain"], "later", "update")
    equal(shown(k, "display.raw({ 'text/html': '<b>x</b>', 'text/plain': 'mine' })")["text/plain"], "mine", "own text")


@check("user expressions have text beside, too")
def text_in_expressions(k):
    outcome = k.client.run("1", user_expressions={"h": "html`<b>x</b>`"})
    equal(outcome.reply["content"]["user_expressions"]["h"]["data"]["text/plain"], "x", "text/plain")


@check("a Plotly figure has a still picture: a literal, display.raw, an own display method, as JSON")
def stills(k):
    figure = "{ data: [{ type: 'bar', x: ['left', 'right'], y: [1, 2] }], layout: { title: { text: 'Title 8913' } } }"
    for code in [
        f"({figure})",
        f"display({figure})",
        f"display.raw('{PLOTLY}', {figure})",
        f"display.raw({{ '{PLOTLY}': {figure} }})",
        f"({{ [Symbol.for('Jupyter.display')]: () => ({{ '{PLOTLY}': {figure} }}) }})",
        f"await Deno.jupyter.display({{ '{PLOTLY}': {figure} }}, {{ raw: true }})",
    ]:
        data = shown(k, code)
        matches(data[SVG], r"^<svg xmlns=", code)
        for text in ("Title 8913", "left", "right"):
            contains(data[SVG], f">{text}</text>", code)
        equal(data["text/plain"], 'Plotly figure "Title 8913": bar', f"text of {code}")


@check("what is a picture already, or has one, gets no other")
def no_second_still(k):
    data = shown(k, f"display.raw({{ '{PLOTLY}': {{ data: [{{ y: [1] }}], layout: {{}} }}, 'image/png': 'AAAA' }})")
    lacks(str(list(data)), SVG, "with a PNG")
    own = shown(k, f"display.raw({{ '{PLOTLY}': {{ data: [], layout: {{}} }}, '{SVG}': '<svg id=\"mine\"/>' }})")
    contains(own[SVG], 'id="mine"', "with an SVG")
    lacks(str(list(shown(k, "({ data: 1, layout: {} })"))), SVG, "no figure")


@check("a figure is drawn whatever cells made of the built-ins", own_kernel=True)
def stills_in_spite_of_cells(k):
    k.client.run("Array.prototype.map = () => { throw new Error('mine'); }; String.prototype.replace = () => 'no'; (Math as any).max = () => NaN; undefined")
    data = shown(k, "({ data: [{ type: 'bar', x: ['a'], y: [1] }], layout: {} })")
    contains(data[SVG], ">a</text>", "picture")
    lacks(data[SVG], "NaN", "picture")


@check("an SVG without its namespace gets it, whichever way it is shown")
def svg_namespace(k):
    for code in [
        "display.svg('<svg><g/></svg>')",
        "svg`<svg><g/></svg>`",
        "({ outerHTML: '<svg><g/></svg>' })",
        f"display.raw('{SVG}', '<svg><g/></svg>')",
        "Deno.jupyter.svg`<svg><g/></svg>`",
    ]:
        equal(shown(k, code)[SVG], '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', code)


@check("cells of a table say themselves where their text stands")
def aligned_tables(k):
    for code in [
        "[{ name: 'a', n: 1 }]",
        "new Map([['a', 1]])",
        "({ schema: {}, head() { return this; }, toRecords: () => [{ name: 'a', n: 1 }] })",
        "({ numRows: () => 1, columnNames: () => ['name', 'n'], objects: () => [{ name: 'a', n: 1 }] })",
        "({ $data: [['a', 1]], $columns: ['name', 'n'] })",
    ]:
        html = shown(k, code)["text/html"]
        contains(html, '<td style="text-align: left">a</td>', code)
        contains(html, '<td style="text-align: right">1</td>', code)


@check("an error output has no empty line but its message's own")
def errors_without_gaps(k):
    for code in [
        "throw new Error('x')",
        "\n\n\nthrow new Error('x')\n\n\n",
        "throw 'text'",
        "throw undefined",
        "throw Object.assign(new Error('x'), { stack: '\\n\\n' })",
        "throw Object.assign(new Error(''), { name: '' })",
        "const a8914: number = 'x'",
        "let x8914 = ;\n\n",
        "%%bash\nexit 3",
        "process.exit(3)",
        "await import('./nowhere8914')",
        "Promise.reject(new RangeError('later')); await new Promise((go) => setTimeout(go, 50))",
    ]:
        outcome = k.client.run(code)
        equal(outcome.status, "error", f"status of {code!r}")
        content = outcome.contents("error")[0]
        lines = "\n".join(content["traceback"]).split("\n")
        empty = [line for line in lines if re.sub(r"\x1b\[\d+m", "", line).strip() == ""]
        equal(empty, [], f"empty lines of {code!r} in {lines}")
        true(content["ename"] != "", f"name of {code!r}")
        contains(lines[0], content["ename"], f"first line of {code!r}")


@check("html and svg escape text, and leave what a template or raw made")
def escaped_templates(k):
    for code, expected in [
        ("html`<b>${'<i>&'}</b>`", "<b>&lt;i&gt;&amp;</b>"),
        ("html`<b title=\"${'\"x'}\">${html`<i>${'<'}</i>`}</b>`", '<b title="&quot;x"><i>&lt;</i></b>'),
        ("html`${['<a>', html.raw('<br>')]}`", "&lt;a&gt;<br>"),
        ("const name8915 = '<img src=x onerror=alert(1)>'; html`${[1, 2].map((i) => html`<li>${i} ${name8915}</li>`)}`", "<li>1 &lt;img src=x onerror=alert(1)&gt;</li><li>2 &lt;img src=x onerror=alert(1)&gt;</li>"),
        ("html`${undefined}${null}${false}${0}`", "0"),
    ]:
        equal(shown(k, code)["text/html"], expected, code)
    contains(shown(k, "svg`<svg xmlns=\"http://www.w3.org/2000/svg\"><text>${'a<b'}</text></svg>`")[SVG], "a&lt;b", "svg")


@check("a JSX value says what to install, and is HTML once that is installed, also in display, lists and templates")
def jsx_rendered(k):
    tag = "{ $$typeof: Symbol.for('react.transitional.element'), type, props, key: null }"
    k.write("node_modules/react/package.json", '{"name":"react","version":"19.0.0","main":"index.js","exports":{".":"./index.js","./package.json":"./package.json","./jsx-runtime":"./jsx-runtime.js"}}')
    k.write("node_modules/react/index.js", "")
    k.write("node_modules/react/jsx-runtime.js", f"exports.Fragment = 'fragment'; exports.jsx = exports.jsxs = (type, props) => ({tag});\n")
    head = "// @ts-nocheck\n"
    text = k.value(head + "<section>x</section>")
    equal(text, "React element <section>\nTo see it, install what renders it:\n    %npm install react-dom@19.0.0", "text")
    k.write("node_modules/react-dom/package.json", '{"name":"react-dom","version":"19.0.0"}')
    k.write("node_modules/react-dom/server.js", "exports.renderToStaticMarkup = ({ type, props }) => `<${type}>${props.children}</${type}>`;\n")
    for code in ["<b>x</b>", "[<b>x</b>]", "html`${<b>x</b>}`", "Promise.resolve(<b>x</b>)"]:
        outcome = k.client.run(head + ("await " if code.startswith("Promise") else "") + code)
        equal(outcome.status, "ok", f"status of {code} ({outcome.error_text})")
        equal(outcome.data["text/html"], "<b>x</b>", code)
        equal(outcome.data["text/plain"], "x", f"text of {code}")
    outcome = k.client.run(head + "display(<b>x</b>); console.log('after')")
    equal(outcome.displays[0]["text/html"], "<b>x</b>", "display")
