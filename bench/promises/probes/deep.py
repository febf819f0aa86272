"""Cells that are deep or long."""

from harness.client import TimedOut

from probe import probe

DEEP_JSON = '{"a":[' * 1_000 + "1" + "]}" * 1_000
PARENTHESES = "(" * 6_000 + "1" + ")" * 6_000


@probe("a sum of 5,000 terms")
def sum_of_terms(s):
    return s.try_cell(" + ".join(["1"] * 5_000), "5000", seconds=20)


@probe("2,000 chained calls")
def chained_calls(s):
    code = s.code(
        "const o: any = { n: 0, f() { o.n++; return o; } };\no" + ".f()" * 2_000 + ".n",
        "class O:\n  n = 0\n  def f(self):\n    self.n += 1\n    return self\no = O()\no" + ".f()" * 2_000 + ".n",
    )
    return s.try_cell(code, "2000", seconds=20)


@probe("a literal of JSON with 2,000 levels")
def deep_json(s):
    return s.try_cell(s.code(f"const deep = {DEEP_JSON}; 7", f"deep = {DEEP_JSON}\n7"), "7", seconds=20)


@probe("6,000 nested parentheses, run")
def parentheses(s):
    return s.try_cell(PARENTHESES, "1", seconds=20)


@probe("6,000 nested parentheses, asked whether they are complete")
def parentheses_is_complete(s):
    try:
        reply = s.client.request("is_complete_request", {"code": PARENTHESES}, seconds=20)["content"]
    except TimedOut:
        return s.after("no reply")
    return s.after(f"“{reply.get('status')}”")
