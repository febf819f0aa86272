"""The registry: a check is a function with a sentence; its module is its group, its name the function's."""

from dataclasses import dataclass
from typing import Callable


class NotApplicable(Exception):
    """The check says nothing about this kernel's language."""


@dataclass
class Check:
    group: str
    name: str
    sentence: str
    body: Callable
    own_kernel: bool
    without_kernel: bool
    seconds: float


CHECKS = []


def check(sentence, own_kernel=False, without_kernel=False, seconds=30):
    """Register a check.

    `own_kernel`: the check ends or spoils its kernel, so it gets one of its own.
    `without_kernel`: the check starts what it needs itself.
    `seconds`: how long the check may take before it counts as failed.
    """

    def register(body):
        group = body.__module__.rsplit(".", 1)[-1].replace("_", "-")
        name = body.__name__.replace("_", "-").strip("-")
        assert not any(c.group == group and c.name == name for c in CHECKS), f"two checks named {group}/{name}"
        CHECKS.append(Check(group, name, sentence, body, own_kernel, without_kernel, seconds))
        return body

    return register
