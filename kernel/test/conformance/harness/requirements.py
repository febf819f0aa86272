"""Says in plain words what to install when a Python package of the suite is missing."""

import importlib
import sys

DEBIAN = {
    "jupyter_client": "jupyter-client",
    "zmq": "python3-zmq",
    "psutil": "python3-psutil",
    "nbformat": "python3-nbformat",
    "nbclient": "python3-nbclient",
    "nbconvert": "jupyter-nbconvert",
    "jupyter_kernel_test": "python3-jupyter-kernel-test",
    "ipykernel": "python3-ipykernel",
}


def require(*modules):
    """Leave with exit status 3 and the install line unless every module can be imported."""
    missing = []
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError:
            missing.append(module)
    if missing:
        packages = " ".join(sorted({DEBIAN[module] for module in missing}))
        names = ", ".join(missing)
        print(
            f"The kernel's checks need the Python modules {names} for {sys.executable}: "
            f"apt-get install {packages} (or pip install {' '.join(missing)})",
            file=sys.stderr,
        )
        raise SystemExit(3)
