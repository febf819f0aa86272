"""Children that a cell starts in every way that lets them outlive it, and what is left of them."""

import itertools
import os
import time

import psutil

# Groups of checks run side by side: each of their processes counts from a place of its own.
marks = itertools.count(86_400_001 + os.getpid() * 10_000)

# NAME is the number of seconds that the child sleeps: nobody else sleeps that long, so it is known by it.
WAYS = {
    "spawn": "spawn('sleep', ['NAME'])",
    "spawn, inherited output": "spawn('sleep', ['NAME'], { stdio: 'inherit' })",
    "detached": "spawn('sleep', ['NAME'], { detached: true, stdio: 'ignore' }).unref()",
    "of a shell": "spawn('sh', ['-c', 'sleep NAME & wait'])",
    "detached grandchild": "spawn('sh', ['-c', 'sleep NAME & wait'], { detached: true, stdio: 'ignore' }).unref()",
    "setsid": "spawn('setsid', ['-f', 'sleep', 'NAME'], { stdio: 'ignore' })",
    "double fork": "spawn('sh', ['-c', '(sleep NAME &) &'], { stdio: 'ignore' })",
    "double fork, own session": "spawn('sh', ['-c', '(setsid sleep NAME &) &'], { stdio: 'ignore', detached: true }).unref()",
    "nohup": "spawn('sh', ['-c', 'nohup sleep NAME > /dev/null 2>&1 &'])",
    "execSync in the background": "execSync('sleep NAME > /dev/null 2>&1 &')",
    "deaf to signals": "spawn('sh', ['-c', 'trap \"\" INT TERM HUP; sleep NAME'], { detached: true, stdio: 'ignore' }).unref()",
    "stopped": "spawn('sh', ['-c', 'kill -STOP $$; exec sleep NAME', 'NAME'], { detached: true, stdio: 'ignore' }).unref()",
    "empty environment": "spawn('/bin/sleep', ['NAME'], { env: {} })",
    "env -i": "spawn('env', ['-i', '/bin/sleep', 'NAME'])",
    "env -i, detached": "spawn('env', ['-i', '/bin/sleep', 'NAME'], { detached: true, stdio: 'ignore' }).unref()",
    "env -i, setsid": "spawn('setsid', ['-f', 'env', '-i', '/bin/sleep', 'NAME'], { stdio: 'ignore' })",
    "env -i, double fork": "spawn('sh', ['-c', '(env -i /bin/sleep NAME &) &'], { stdio: 'ignore', detached: true }).unref()",
    "environment emptied in the session": "spawnWith({}, 'sh', ['-c', '(setsid /bin/sleep NAME &) &'])",
    "daemon": "spawn('python3', ['-c', daemon, 'NAME'], { stdio: 'ignore' })",
    "from a thread": "new Worker(\"require('node:child_process').spawn('sleep', ['NAME'], { detached: true, stdio: 'ignore' })\", { eval: true })",
}
# As daemons do: two forks, a session of its own, no descriptor but the standard three.
DAEMON = "import os, sys; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); os.closerange(3, 1024); os.execvp('sleep', ['sleep', sys.argv[1]])"


def start_children(k, ways=None, seconds=20):
    """Run a cell that starts a child in each way; returns their names."""
    names = {}
    lines = [
        "import { execSync, spawn, type StdioOptions } from 'node:child_process'; import { Worker } from 'node:worker_threads';",
        f"const daemon = {DAEMON!r};",
        "const spawnWith = (env: NodeJS.ProcessEnv, file: string, args: string[]) => spawn(file, args, { env, stdio: 'ignore' as StdioOptions });",
    ]
    for way in ways or WAYS:
        names[way] = str(next(marks))
        lines.append(f"void {WAYS[way].replace('NAME', names[way])};")
    outcome = k.client.run("\n".join(lines), seconds=seconds)
    assert outcome.status == "ok", repr(outcome)
    deadline = time.monotonic() + seconds
    while set(left(names.values())) != set(names.values()):
        missing = [way for way, name in names.items() if name not in left(names.values())]
        assert time.monotonic() < deadline, f"not started: {missing}"
        k.client.pump(0.05)
    return names


def left(names):
    """Those of the children that still run."""
    wanted = set(names)
    found = {}
    for process in psutil.process_iter():
        try:
            name = wanted.intersection(process.cmdline())
            if name and process.status() != psutil.STATUS_ZOMBIE:
                found.setdefault(name.pop(), process)
        except psutil.Error:
            pass
    return found


def strays(names, seconds):
    """The ways whose child still runs after that time; it is ended here."""
    deadline = time.monotonic() + seconds
    while left(names.values()) and time.monotonic() < deadline:
        time.sleep(0.05)
    remaining = left(names.values())
    for process in remaining.values():
        process.kill()
    return [way for way, name in names.items() if name in remaining]
