"""Changing one setting in the settings file, with the user's other lines and remarks left as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.settings.values import Settings, parse_settings, settings_path
from embeddings.errors import UsageError, why
from embeddings.files import changing, write_whole

if TYPE_CHECKING:
    import yaml


def set_setting(key: str, value: str | int | tuple[str, ...] | None, path: Path | None = None) -> Settings:
    """Put a setting in the settings file, made where there is none; the settings as they are then.

    Args:
        key: "naam", or "signalen.uit" for one of the second level.
        value: any text, number, or a list of texts; None takes the setting out, so that its default holds.
        path: of the file; None is the usual place.

    Raises:
        UsageError: the file cannot be read or written, or would not be understood with this setting.
    """
    target = path or settings_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Read and written under one lock: two settings that are changed at once are both kept.
        with changing(target):
            return _set(target, key, value)
    except OSError as error:
        raise UsageError(f"Het instellingenbestand {target} kan niet worden geschreven: {why(error)}.") from error


def _set(target: Path, key: str, value: str | int | tuple[str, ...] | None) -> Settings:
    try:
        old = target.read_text(encoding="utf-8") if target.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Het instellingenbestand {target} kan niet worden gelezen: {error}") from error
    parse_settings(old, str(target))  # what is not understood is not changed
    new = changed_text(old, key, value)
    settings = parse_settings(new, str(target))
    write_whole(target, new.encode())
    return settings


def changed_text(old: str, key: str, value: str | int | tuple[str, ...] | None) -> str:
    """The YAML text `old` with `key` set to `value`, or without it where that is None."""
    import yaml

    root = yaml.compose(old, Loader=yaml.SafeLoader)
    group, _, last = key.rpartition(".")
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    if not group:
        return _put(old, pairs, last, value, "", len(old))
    home = next((node for name, node in pairs if name.value == group), None)
    if home is None:
        written = "" if value is None else f"{group}:\n{_line(last, value, '  ')}"
        return _with_end(old) + written
    if not isinstance(home, yaml.MappingNode) or home.flow_style or not home.value:
        held = yaml.safe_load(old)[group] or {}
        held = {name: entry for name, entry in held.items() if name != last}
        if value is not None:
            held[last] = list(value) if isinstance(value, tuple) else value
        return _put(old, pairs, group, held or None, "", len(old))
    return _put(old, home.value, last, value, " " * home.value[0][0].start_mark.column, _end(old, home))


def _put(old: str, pairs: list[tuple[yaml.Node, yaml.Node]], key: str, value: object, indent: str, end: int) -> str:
    """`old` with the lines of `key` among `pairs` replaced, or new ones at `end`."""
    written = "" if value is None else _line(key, value, indent)
    for name, node in pairs:
        if name.value == key:
            start = old.rfind("\n", 0, name.start_mark.index) + 1
            return old[:start] + written + old[_end(old, node) :]
    return _with_end(old[:end]) + written + old[end:]


def _end(text: str, node: yaml.Node) -> int:
    """Where the last line of `node` ends; what stands after it on lines of its own is not part of it."""
    last = node
    while isinstance(last.value, list) and last.value and not getattr(last, "flow_style", False):
        item = last.value[-1]
        last = item[1] if isinstance(item, tuple) else item
    stop = text.find("\n", max(last.end_mark.index - (last.end_mark.column == 0), last.start_mark.index))
    return len(text) if stop < 0 else stop + 1


def _line(key: str, value: object, indent: str) -> str:
    import yaml

    plain = list(value) if isinstance(value, tuple) else value
    written: str = yaml.safe_dump({key: plain}, allow_unicode=True, width=10_000, default_flow_style=False)
    return "".join(f"{indent}{line}\n" for line in written.splitlines())


def _with_end(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
