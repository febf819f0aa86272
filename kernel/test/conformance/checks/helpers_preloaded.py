"""The names of isoflop without an import line."""

from harness.check import check
from harness.expect import contains, equal, matches, true


@check("a helper is there without an import")
def without_import(k):
    equal(k.value("typeof computeOptimal"), "'function'", "value")
    equal(k.value("chinchilla.name", seconds=20) is not None, True, "a law is shown")


@check("helpers fit a law without an import line, typed")
def fit_without_import(k):
    code = (
        "const runs9101 = [7e7, 2e8, 6e8, 2e9].flatMap((nParams) => [1e9, 6e9, 4e10].map((nTokens) => ({ nParams, nTokens, flops: 6 * nParams * nTokens, loss: 1.8 + 480 / nParams ** 0.35 + 2100 / nTokens ** 0.37 })));\n"
        "const fit9101 = fit(chinchilla, runs9101, { loss: huber(1e-3) });\nfit9101.parameters.alpha.toFixed(2)"
    )
    equal(k.value(code, seconds=30), "'0.35'", "alpha")


@check("helpers complete with their types and inspect with their documentation")
def typed(k):
    contains(k.client.complete("computeOpt")["matches"], "computeOptimal", "matches")
    reply = k.client.inspect("computeOptimal", 5)
    equal(reply["found"], True, "found")
    contains(reply["data"]["text/plain"], "computeOptimal", "text/plain")


@check("a wrong argument of a helper is a type error")
def checked(k):
    outcome = k.client.run("huber('small')")
    equal(outcome.status, "error", "status")
    matches(outcome.error_text, r"2345", "error")


@check("helpers cost nothing when unused: the module is not loaded before a name is used", own_kernel=True)
def lazy(k):
    # The inspector reports every script that is loaded.
    probe = (
        "import { Session as Session9102 } from 'node:inspector';\nfunction loaded9102() { const s = new Session9102(); s.connect(); const urls: string[] = [];"
        " s.on('Debugger.scriptParsed', (m) => { urls.push(m.params.url); }); s.post('Debugger.enable'); s.post('Debugger.disable'); s.disconnect();"
        " return urls.filter((u) => u.includes('helpers/dist')).length; }\nloaded9102()"
    )
    equal(k.value(probe), "0", "scripts of the helpers before a name is used")
    k.value("typeof computeOptimal")
    true(int(k.value("loaded9102()")) > 0, "scripts of the helpers after")


@check("a cell that defines a helper's name wins, in the cell and in later ones", own_kernel=True)
def shadowed(k):
    equal(k.value("const fit = (x: number) => x + 1; fit(4)"), "5", "in the cell")
    equal(k.value("fit(10)"), "11", "in a later cell")
    equal(k.value("function huber(x: string) { return x.length; } huber('four')"), "4", "a function of that name")


@check("an explicit import of a helper works beside the preloaded one")
def explicit_import(k):
    equal(k.value("import { huber as huber9103, computeOptimal } from 'isoflop'; typeof huber9103 + typeof computeOptimal"), "'functionfunction'", "value")


@check("importing isoflop and isoflop-datasets works in a folder that has neither installed")
def companions(k):
    import os

    for name in ("isoflop", "isoflop-datasets"):
        path = os.path.join(k.folder, "node_modules", name)
        if os.path.islink(path):
            os.rename(path, path + ".away")
    try:
        equal(k.value("import { huber as huber9104 } from 'isoflop'; typeof huber9104"), "'function'", "isoflop")
        equal(k.value("import { chinchillaFigure4 as figure9104 } from 'isoflop-datasets'; figure9104().length", seconds=20), "245", "isoflop-datasets")
    finally:
        for name in ("isoflop", "isoflop-datasets"):
            path = os.path.join(k.folder, "node_modules", name)
            if os.path.islink(path + ".away"):
                os.rename(path + ".away", path)


@check("an error thrown inside a helper names the value and the cell's line")
def helper_error(k):
    outcome = k.client.run("\ncomputeOptimal(undefined as never, { flops: -1 })")
    equal(outcome.status, "error", "status")
    matches(outcome.error_text, r"\D2:\d+", "the cell's line")
