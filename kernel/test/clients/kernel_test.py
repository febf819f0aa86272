#!/usr/bin/env python3
"""Runs Debian's jupyter_kernel_test, every test it offers, against the installed isoflop kernel or ipykernel.

    JUPYTER_DATA_DIR=DIR /usr/bin/python3 kernel/test/clients/kernel_test.py isoflop|python3

Prints one JSON line per test: {"test", "status": "passed" | "failed" | "skipped", "why"}; a failing sub-test fails its test.
"""

import json
import sys
import unittest
import warnings

import jupyter_kernel_test

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Isoflop(jupyter_kernel_test.KernelTests):
    kernel_name = "isoflop"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "Math.sq", "matches": {"sqrt"}},
        {"text": "'text'.padS", "matches": {"padStart"}},
        {"text": "process.stdo"},
    ]
    complete_code_samples = ["1", "console.log('hello, world')", "function f(x: number): number {\n  return x * 2;\n}\n\n", "interface A { a: number }"]
    incomplete_code_samples = ["console.log(`hello", "function f(x: number) {", "const a = [1,", "if (x) {"]
    invalid_code_samples = ["import = 7q", "const = 5", "foo(]"]
    code_page_something = "Math.sqrt?"
    code_generate_error = "throw new Error('an error')"
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[1, 2, 3].map((n) => n * n)", "result": "[ 1, 4, 9 ]"},
        {"code": "'a text'", "result": "'a text'"},
    ]
    code_display_data = [
        {"code": "display.html('<b>x</b>')", "mime": "text/html"},
        {"code": f"display.png('{PNG}')", "mime": "image/png"},
        {"code": "display.svg('<svg/>')", "mime": "image/svg+xml"},
        {"code": "display.md('*x*')", "mime": "text/markdown"},
        {"code": "display.latex('$x$')", "mime": "text/latex"},
        {"code": "display({ a: 1 })", "mime": "text/plain"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_clear_output = "clearOutput()"


class IPython(jupyter_kernel_test.KernelTests):
    """The samples that ipykernel's own test has."""

    kernel_name = "python3"
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('test', file=sys.stderr)"
    completion_samples = [{"text": "zi", "matches": {"zip"}}]
    complete_code_samples = ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n"]
    incomplete_code_samples = ["print('''hello", "def f(x):\n  x*2"]
    invalid_code_samples = ["import = 7q"]
    code_page_something = "zip?"
    code_generate_error = "raise"
    code_execute_result = [{"code": "1+2+3", "result": "6"}, {"code": "[n*n for n in range(1, 4)]", "result": "[1, 4, 9]"}]
    code_display_data = [
        {"code": "from IPython.display import HTML, display; display(HTML('<b>test</b>'))", "mime": "text/html"},
        {"code": "from IPython.display import Math, display; display(Math('\\\\frac{1}{2}'))", "mime": "text/latex"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"


class Report(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.rows = {}

    def note(self, test, status, why=""):
        name = getattr(getattr(test, "test_case", test), "_testMethodName", None)
        if name is None:
            raise SystemExit(f"the tests could not start: {why}")
        row = self.rows.setdefault(name, {"test": name, "status": "passed", "why": ""})
        if status == "failed":
            row.update(status="failed", why=f"{row['why']}{test.id() if hasattr(test, 'test_case') else ''} {why}".strip()[-1500:])
        elif status == "skipped" and row["status"] == "passed":
            row.update(status="skipped", why=why)

    def startTest(self, test):
        super().startTest(test)
        self.note(test, "passed")

    def addFailure(self, test, err):
        self.note(test, "failed", self._exc_info_to_string(err, test))

    addError = addFailure

    def addSkip(self, test, reason):
        self.note(test, "skipped", reason)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(subtest, "failed", self._exc_info_to_string(err, test))


def main():
    warnings.simplefilter("ignore")
    case = {"isoflop": Isoflop, "python3": IPython}[sys.argv[1]]
    report = Report()
    unittest.defaultTestLoader.loadTestsFromTestCase(case)(report)
    for row in report.rows.values():
        print(json.dumps(row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
