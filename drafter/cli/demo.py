"""`make demo`: fills a bank from `samples/`, drafts the sample questions, and tells how to go on.

It does what a user would do on the command line, and shows each command before it runs.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
AS_OF = "2026-05-20"
"""A week after the sample questions were put: the demo says the same whatever the day."""


def steps(samples: Path, folder: Path) -> list[list[str]]:
    """The commands of the demo, in order."""
    bank, questions = ["--bank", str(folder / "bank")], str(samples / "nieuwe-vragen.docx")
    draft = ["draft", *bank, "--as-of", AS_OF, questions]
    outputs = [part for name in ("docx", "md", "json") for part in ("-o", str(folder / f"concept.{name}"))]
    return [
        ["ingest", *bank, str(samples / "bank")],
        ["search", *bank, "-k", "3", "boete voor een beheerder die zich niet aan de regels houdt"],
        [*draft, *outputs, "--show"],
        ["verify", *bank, str(folder / "concept.json")],
    ]


def main(folder: Path | None = None) -> int:
    """Run the demo in `folder` (default: `demo` beside the samples); the exit code of the first command that fails."""
    from drafter.cli.main import run

    samples = ROOT / "samples"
    if not samples.is_dir():
        print(f"De voorbeelden staan niet in {samples}; haal de broncode op om de demo te draaien.", file=sys.stderr)
        return 2
    folder = folder or ROOT / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for arguments in steps(samples, folder):
        print(f"\n$ kamerantwoord {shlex.join(_short(part) for part in arguments)}\n", flush=True)
        if code := run(arguments):
            return code
    print(f"\nHet concept staat in {_short(str(folder))}: concept.docx, concept.md en concept.json.")
    print("Open het in de schermen met: kamerantwoord tui --bank " + _short(str(folder / "bank")))
    return 0


def _short(text: str) -> str:
    """A path as it is typed from the project's folder."""
    path = Path(text)
    return str(path.relative_to(ROOT)) if path.is_absolute() and path.is_relative_to(ROOT) else text


if __name__ == "__main__":
    sys.exit(main())
