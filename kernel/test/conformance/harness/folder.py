"""The folder the kernel under test works in: a small npm project with packages of every kind."""

import json
import os

PACKAGES = {
    "cjs-default": {
        "package.json": {"name": "cjs-default", "version": "1.0.0", "main": "index.js"},
        "index.js": "module.exports = function triple(x) { return 3 * x; };\n",
    },
    "cjs-named": {
        "package.json": {"name": "cjs-named", "version": "1.0.0", "main": "index.js"},
        # Object.assign hides the names from Node's static analysis, so `import { one }` needs the kernel's help.
        "index.js": "const api = {}; Object.assign(api, { one: 1, two: () => 2 }); module.exports = api;\n",
    },
    "import-only": {
        "package.json": {
            "name": "import-only",
            "version": "1.0.0",
            "type": "module",
            "exports": {".": {"import": "./main.js"}, "./sub/*": {"import": "./*.js"}},
        },
        "main.js": "export default 1;",
        "a.js": "export default 2;",
    },
    "esm-only": {
        "package.json": {"name": "esm-only", "version": "1.0.0", "type": "module", "exports": "./index.js"},
        "index.js": "await Promise.resolve();\nexport const four = 4;\nexport default 'esm default';\n",
    },
    "typed-package": {
        "package.json": {
            "name": "typed-package",
            "version": "1.0.0",
            "type": "module",
            "exports": {".": {"types": "./index.d.ts", "default": "./index.js"}},
        },
        "index.js": "export const half = (x) => x / 2;\n",
        "index.d.ts": "/** Half of a number. */\nexport declare function half(x: number): number;\nexport interface Shape { sides: number }\n",
    },
}


def make_folder(folder, repository=None):
    """Fill an empty folder; packages of the repository are linked when they are installed there."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "package.json"), "w") as file:
        json.dump({"name": "notebook-folder", "private": True, "version": "1.0.0"}, file)
    modules = os.path.join(folder, "node_modules")
    os.makedirs(modules, exist_ok=True)
    for name, files in PACKAGES.items():
        os.makedirs(os.path.join(modules, name), exist_ok=True)
        for path, text in files.items():
            with open(os.path.join(modules, name, path), "w") as file:
                file.write(text if isinstance(text, str) else json.dumps(text))
    with open(os.path.join(folder, "numbers.json"), "w") as file:
        json.dump({"answer": 42}, file)
    for name in ("mathjs", "arquero", "danfojs-node", "isoflop", "isoflop-datasets"):
        source = os.path.join(repository or "", "node_modules", name)
        if repository and os.path.exists(source):
            os.symlink(os.path.realpath(source), os.path.join(modules, name))
    return folder
