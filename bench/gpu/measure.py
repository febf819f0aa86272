"""Measures one GPU for isoflop's cost helpers. PyTorch 2.8 or later.

    python3 bench/gpu/measure.py --out results            # about 12 minutes on an H100
    python3 bench/gpu/measure.py --out results --quick    # a look whether everything runs, on a CPU too
    python3 bench/gpu/measure.py --out results --only Yi-34B

Writes gpu_operations.csv, gpu_serving.csv, gpu_training.csv and machine.json into the folder.
"""

import argparse
import json
import os
import platform
import sys
import time
import traceback

# Before torch is loaded. Without it a tensor may hold up to 1 MiB more than it needs, which the memory columns would show.
os.environ.setdefault("PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:True")

import torch  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import operations  # noqa: E402
import serving  # noqa: E402
import training  # noqa: E402
from timing import Rows, on_gpu  # noqa: E402


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", required=True, help="folder for the tables")
    arguments.add_argument("--run", default="1", help="number of this run, for the column run")
    arguments.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs")
    arguments.add_argument("--parts", default="operations,training,serving", help="which, by commas")
    arguments.add_argument("--only", default="", help="only measurements whose name holds this regular expression")
    options = arguments.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.manual_seed(1)
    machine = {"python": platform.python_version(), "torch": torch.__version__, "date": time.strftime("%Y-%m-%d"),
               "allocator": os.environ["PYTORCH_CUDA_ALLOC_CONF"]}
    if on_gpu():
        known = torch.cuda.get_device_properties(0)
        machine |= {"gpu": known.name, "memory_bytes": known.total_memory, "multiprocessors": known.multi_processor_count,
                    "cuda": torch.version.cuda, "cudnn": torch.backends.cudnn.version()}
        machine["driver"] = os.popen("nvidia-smi --query-gpu=driver_version,power.limit,clocks.max.sm,clocks.max.mem "
                                     "--format=csv,noheader").read().strip()
    error = serving.check()
    machine["step_against_prompt"] = error
    if not error < 0.03:
        raise SystemExit(f"a step over the cache differs from the whole prompt by {error:.3g} of its size")
    with open(os.path.join(options.out, "machine.json"), "w", encoding="utf-8") as file:
        json.dump(machine, file, indent=2)
    print(machine, flush=True)

    works = {
        "operations": (operations.COLUMNS, operations.measure),
        "training": (training.COLUMNS, training.measure),
        "serving": (serving.COLUMNS, serving.measure),
    }
    parts = options.parts.split(",")
    for part in parts:
        if part not in works:
            raise SystemExit(f"--parts: no part is called {part}; there are {', '.join(works)}")
    accelerator = torch.cuda.get_device_name(0) if on_gpu() else "cpu"
    begin = time.time()
    for part in parts:
        columns, measure = works[part]
        try:
            rows = Rows(os.path.join(options.out, f"gpu_{part}.csv"), columns, {"accelerator": accelerator, "run": options.run}, options.only)
            measure(rows, options.quick)
        except Exception:  # what was measured is in the file, and the next part is worth as much
            traceback.print_exc()
        print(f"{time.time() - begin:.0f} s: {part} done", flush=True)


main()
