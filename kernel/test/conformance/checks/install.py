"""The command line that makes the kernel known to Jupyter, and the kernel as Jupyter then starts it."""

import json
import os
import shutil
import subprocess
import tempfile

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from harness.check import check
from harness.client import Client
from harness.expect import contains, equal, lacks, matches, plain, true

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))))
COMMAND = os.path.join(REPOSITORY, "kernel", "bin", "isoflop.js")


class Place:
    """A home, a data folder and a prefix of its own, so that nothing of the machine is touched."""

    def __enter__(self):
        self.root = tempfile.mkdtemp(prefix="install-")
        self.data = os.path.join(self.root, "data")
        self.home = os.path.join(self.root, "home")
        os.makedirs(self.home)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root, ignore_errors=True)

    def environment(self, **more):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "npm_", "VIRTUAL_ENV", "CONDA", "XDG"))}
        return {**kept, "HOME": self.home, "JUPYTER_DATA_DIR": self.data, "NO_COLOR": "1", **more}

    def isoflop(self, *arguments, command=COMMAND, env=None, cwd=None):
        done = subprocess.run(
            ["node", command, "kernel", *arguments],
            env=env or self.environment(),
            cwd=cwd or self.root,
            capture_output=True,
            text=True,
            timeout=110,
        )
        return done.returncode, plain(done.stdout + done.stderr)

    def spec(self, name="isoflop", under=None):
        path = os.path.join(under or self.data, "kernels", name, "kernel.json")
        with open(path) as file:
            return json.load(file)


@check("kernel install --user writes a kernelspec named isoflop that Jupyter finds", without_kernel=True)
def install_user(k):
    with Place() as place:
        status, text = place.isoflop("install", "--user")
        equal(status, 0, f"exit status ({text})")
        spec = place.spec()
        equal(spec["language"], "typescript", "language")
        equal(spec["display_name"], "TypeScript (isoflop)", "display_name")
        equal(spec["interrupt_mode"], "message", "interrupt_mode")
        contains(spec["argv"], "{connection_file}", "argv")
        found = KernelSpecManager(kernel_dirs=[os.path.join(place.data, "kernels")], ensure_native_kernel=False).find_kernel_specs()
        contains(found, "isoflop", "kernels found by jupyter_client")
        contains(text, place.data, "what the command says")


@check("kernel install without options is the same as --user", without_kernel=True)
def install_default(k):
    with Place() as place:
        status, text = place.isoflop("install")
        equal(status, 0, f"exit status ({text})")
        equal(place.spec()["language"], "typescript", "language")


@check("the kernelspec has absolute paths to this Node and to files that exist", without_kernel=True)
def absolute_paths(k):
    with Place() as place:
        place.isoflop("install", "--user")
        argv = place.spec()["argv"]
        true(os.path.isabs(argv[0]) and os.path.exists(argv[0]), "the program is absolute and there", argv)
        for part in argv[1:]:
            if "/" in part and not part.startswith("-"):
                true(os.path.isabs(part) and os.path.exists(part), "a path is absolute and there", argv)


@check("logos in 32 and 64 pixels and as SVG are installed beside kernel.json", without_kernel=True)
def logos(k):
    with Place() as place:
        place.isoflop("install", "--user")
        files = os.listdir(os.path.join(place.data, "kernels", "isoflop"))
        for name in ("logo-32x32.png", "logo-64x64.png", "logo-svg.svg"):
            contains(files, name, "files")
        for name, side in (("logo-32x32.png", 32), ("logo-64x64.png", 64)):
            with open(os.path.join(place.data, "kernels", "isoflop", name), "rb") as file:
                head = file.read(24)
            equal(head[:8], b"\x89PNG\r\n\x1a\n", f"{name} is a PNG")
            equal((int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")), (side, side), f"size of {name}")


@check("without JUPYTER_DATA_DIR, --user installs where Jupyter looks for this user", without_kernel=True)
def install_home(k):
    with Place() as place:
        env = place.environment()
        del env["JUPYTER_DATA_DIR"]
        status, text = place.isoflop("install", "--user", env=env)
        equal(status, 0, f"exit status ({text})")
        under = os.path.join(place.home, ".local", "share", "jupyter")
        equal(place.spec(under=under)["language"], "typescript", "language")


@check("--prefix installs under PREFIX/share/jupyter/kernels", without_kernel=True)
def install_prefix(k):
    with Place() as place:
        prefix = os.path.join(place.root, "prefix")
        status, text = place.isoflop("install", "--prefix", prefix)
        equal(status, 0, f"exit status ({text})")
        equal(place.spec(under=os.path.join(prefix, "share", "jupyter"))["language"], "typescript", "language")


@check("--sys-prefix installs into the active Python environment", without_kernel=True)
def install_sys_prefix(k):
    with Place() as place:
        venv = os.path.join(place.root, "venv")
        os.makedirs(os.path.join(venv, "bin"))
        status, text = place.isoflop("install", "--sys-prefix", env=place.environment(VIRTUAL_ENV=venv))
        equal(status, 0, f"exit status ({text})")
        equal(place.spec(under=os.path.join(venv, "share", "jupyter"))["language"], "typescript", "language")


@check("--name and --display-name name the kernelspec; a bad name is refused", without_kernel=True)
def install_name(k):
    with Place() as place:
        status, text = place.isoflop("install", "--user", "--name", "iso-2", "--display-name", "Mine")
        equal(status, 0, f"exit status ({text})")
        equal(place.spec("iso-2")["display_name"], "Mine", "display_name")
        status, text = place.isoflop("install", "--user", "--name", "../evil")
        true(status != 0, "a bad name is refused", text)
        equal(os.listdir(os.path.join(place.data, "kernels")), ["iso-2"], "kernels")


@check("install refuses to overwrite without --force, and says so; with --force it does", without_kernel=True)
def install_force(k):
    with Place() as place:
        place.isoflop("install", "--user")
        path = os.path.join(place.data, "kernels", "isoflop", "kernel.json")
        with open(path, "w") as file:
            file.write('{"argv": [], "display_name": "other", "language": "x"}')
        status, text = place.isoflop("install", "--user")
        true(status != 0, "refused", text)
        contains(text, "--force", "the way out")
        equal(place.spec()["display_name"], "other", "the old kernelspec")
        status, text = place.isoflop("install", "--user", "--force")
        equal(status, 0, f"exit status with --force ({text})")
        equal(place.spec()["language"], "typescript", "the new kernelspec")


@check("--dry-run shows what would be written and writes nothing", without_kernel=True)
def install_dry_run(k):
    with Place() as place:
        status, text = place.isoflop("install", "--user", "--dry-run")
        equal(status, 0, f"exit status ({text})")
        contains(text, os.path.join(place.data, "kernels", "isoflop"), "what it says")
        contains(text, "{connection_file}", "what it says")
        true(not os.path.exists(place.data), "nothing was written")


@check("list shows the installed kernelspecs with their place", without_kernel=True)
def list_kernels(k):
    with Place() as place:
        place.isoflop("install", "--user")
        place.isoflop("install", "--user", "--name", "second")
        status, text = place.isoflop("list")
        equal(status, 0, f"exit status ({text})")
        for piece in ("isoflop", "second", place.data):
            contains(text, piece, "list")


@check("uninstall removes the kernelspec, only ours; one that is not there is said", without_kernel=True)
def uninstall(k):
    with Place() as place:
        place.isoflop("install", "--user")
        other = os.path.join(place.data, "kernels", "other")
        os.makedirs(other)
        with open(os.path.join(other, "kernel.json"), "w") as file:
            file.write('{"argv": ["x"], "display_name": "other", "language": "python"}')
        status, text = place.isoflop("uninstall")
        equal(status, 0, f"exit status ({text})")
        equal(os.listdir(os.path.join(place.data, "kernels")), ["other"], "kernels left")
        status, text = place.isoflop("uninstall")
        matches(text, r"(?i)no kernel|not installed|not found|nothing", "what it says the second time")
        status, text = place.isoflop("uninstall", "--name", "other")
        true(os.path.exists(other), "a kernelspec of another kernel stays", text)


@check("doctor checks Node, the kernelspec and a kernel's start, and says what is wrong", without_kernel=True)
def doctor(k):
    with Place() as place:
        status, text = place.isoflop("doctor")
        matches(text, r"(?i)isoflop kernel install", "without a kernelspec: the command to run")
        true(status != 0, "exit status without a kernelspec", text)
        place.isoflop("install", "--user")
        status, text = place.isoflop("doctor")
        equal(status, 0, f"exit status with a kernelspec ({text})")
        contains(text, "v" + subprocess.run(["node", "-p", "process.versions.node"], capture_output=True, text=True).stdout.strip(), "Node's version")
        spec = os.path.join(place.data, "kernels", "isoflop", "kernel.json")
        broken = place.spec()
        broken["argv"][0] = "/no/such/node"
        with open(spec, "w") as file:
            json.dump(broken, file)
        status, text = place.isoflop("doctor")
        true(status != 0, "exit status with a broken kernelspec", text)
        contains(text, "/no/such/node", "what is wrong")


# Some hundred megabytes of packages are copied, as fast as a busy disk can.
@check("run by npx, the kernelspec never points into npx's cache", without_kernel=True, seconds=120)
def npx(k):
    with Place() as place:
        cache = os.path.join(place.home, ".npm", "_npx", "0123456789abcdef", "node_modules")
        os.makedirs(cache)
        shutil.copytree(os.path.join(REPOSITORY, "kernel"), os.path.join(cache, "isoflop-kernel"), ignore=shutil.ignore_patterns("test", "src", "node_modules", "__pycache__"))
        for name in os.listdir(os.path.join(REPOSITORY, "node_modules")):
            if name != "isoflop-kernel" and not name.startswith("."):
                os.symlink(os.path.realpath(os.path.join(REPOSITORY, "node_modules", name)), os.path.join(cache, name))
        command = os.path.join(cache, "isoflop-kernel", "bin", "isoflop.js")
        status, text = place.isoflop("install", "--user", command=command, env=place.environment(npm_command="exec", npm_config_user_agent="npm/11"))
        equal(status, 0, f"exit status ({text})")
        lacks(json.dumps(place.spec()), "_npx", "kernel.json")


@check("with nvm, the kernelspec names the Node that ran the install, not a shim or an alias", without_kernel=True)
def nvm(k):
    with Place() as place:
        real = subprocess.run(["node", "-p", "process.execPath"], capture_output=True, text=True).stdout.strip()
        alias = os.path.join(place.root, "alias")
        os.makedirs(alias)
        os.symlink(real, os.path.join(alias, "node"))
        status, text = place.isoflop("install", "--user", env=place.environment(PATH=alias + os.pathsep + os.environ["PATH"]))
        equal(status, 0, f"exit status ({text})")
        program = place.spec()["argv"][0]
        true(os.path.isabs(program) and os.path.exists(program), "an absolute path", program)
        true(not program.startswith(alias), "not the alias", program)


@check("the installed kernelspec starts from another folder, with a bare environment, and runs a cell in that folder", without_kernel=True)
def installed_runs(k):
    with Place() as place:
        place.isoflop("install", "--user")
        finder = KernelSpecManager(kernel_dirs=[os.path.join(place.data, "kernels")], ensure_native_kernel=False)
        manager = KernelManager(kernel_name="isoflop", kernel_spec_manager=finder)
        with open(os.path.join(place.root, "log"), "w") as log:
            manager.start_kernel(cwd=place.home, env={"HOME": place.home, "PATH": "/usr/bin:/bin"}, stdout=log, stderr=log)
        client = None
        try:
            client = Client(manager)
            client.ready()
            outcome = client.run("import { basename } from 'node:path'; basename(process.cwd())")
            equal(outcome.value, "'home'", f"value ({outcome!r})")
        finally:
            if client:
                client.close()
            manager.shutdown_kernel(now=True)


@check("help names every command and option", without_kernel=True)
def help_text(k):
    with Place() as place:
        status, text = place.isoflop("--help")
        equal(status, 0, "exit status")
        for piece in ("install", "list", "uninstall", "doctor"):
            contains(text, piece, "help of kernel")
        _, text = place.isoflop("install", "--help")
        for piece in ("--user", "--sys-prefix", "--prefix", "--name", "--display-name", "--force", "--dry-run"):
            contains(text, piece, "help of kernel install")


@check("an unknown option or command is refused with exit status 1 or 2 and a plain sentence, no stack", without_kernel=True)
def unknown_option(k):
    with Place() as place:
        for arguments in (["install", "--nonsense"], ["nonsense"]):
            status, text = place.isoflop(*arguments)
            true(status in (1, 2), f"exit status of {arguments}", status)
            lacks(text, "    at ", "what it says")
