"""Expectations that say what was expected and what came instead."""

import re


class Unmet(AssertionError):
    """A kernel did not do what the check's sentence says."""

    def __init__(self, what, expected, got):
        super().__init__(f"{what}: expected {expected}, got {shorten(got)}")
        self.what = what
        self.expected = str(expected)
        self.got = shorten(got)


def shorten(value, limit=1200):
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text)} characters)"


def equal(got, expected, what):
    if got != expected:
        raise Unmet(what, shorten(expected), got)


def contains(got, piece, what):
    if got is None or piece not in got:
        raise Unmet(what, f"something containing {piece!r}", got)


def lacks(got, piece, what):
    if got is not None and piece in got:
        raise Unmet(what, f"nothing containing {piece!r}", got)


def matches(got, pattern, what):
    if got is None or not re.search(pattern, got, re.S):
        raise Unmet(what, f"text like /{pattern}/", got)


def true(condition, what, got=""):
    if not condition:
        raise Unmet(what, "true", got)


def below(got, bound, what):
    if not got <= bound:
        raise Unmet(what, f"at most {bound}", got)


ANSI = re.compile(r"\x1b\[[0-9;]*m")


def plain(text):
    """The text without ANSI colours."""
    return ANSI.sub("", text)
