"""Whether a value that the user chose for a setting can be used, before it is kept."""

from __future__ import annotations

from pathlib import Path

from embeddings.errors import InputError, UsageError

AFTER_RESTART = frozenset({"model", "bank"})
"""Settings that hold from the next start on."""


def check_setting(key: str, value: str | int | tuple[str, ...] | None) -> None:
    """Say what is wrong with `value` for `key`; None (the default) is always right.

    Raises:
        UsageError: it cannot be used.
        InputError: the file or folder that it names cannot be used.
    """
    if value is None:
        return
    if key == "model" and isinstance(value, str):
        _check_model(Path(value).expanduser())
    elif key == "signalen.registers" and isinstance(value, str):
        from drafter.checks.register_files import load_registers

        load_registers(str(Path(value).expanduser()))
    elif key == "signalen.termen" and isinstance(value, str):
        from drafter.checks.term_list import load_terms

        load_terms(value)
    elif key == "signalen.uit":
        from drafter.checks import check_rule_names

        check_rule_names(value if isinstance(value, tuple) else (str(value),))
    elif key == "uitvoer.sjabloon" and isinstance(value, str):
        from drafter.export.word.package import WordPackage

        WordPackage.open(Path(value).expanduser())
    elif key == "bank" and isinstance(value, str) and Path(value).expanduser().is_file():
        raise UsageError(f"{value} is een bestand.", "Kies een map voor de bank.")


def _check_model(folder: Path) -> None:
    if not folder.is_dir():
        raise InputError(f"De map {folder} bestaat niet.", "Kies de map waarin het model staat.")
    described = (folder / "config.json").is_file() or (folder / "modules.json").is_file()
    weights = [*folder.rglob("*.safetensors"), *folder.rglob("pytorch_model*.bin")]
    if not described or not weights:
        raise InputError(
            f"In de map {folder} staat geen sentence-transformers-model.",
            "Zo'n map heeft een bestand config.json en een bestand met gewichten, zoals model.safetensors.",
        )
