"""Changing one line of the settings file, with the user's own lines and remarks left as they are."""

from __future__ import annotations

import re
from pathlib import Path

from drafter.settings import Settings, parse_settings, settings_path
from embeddings.errors import UsageError


def set_setting(key: str, value: str, path: Path | None = None) -> Settings:
    """Put ``key: value`` in the settings file, made where there is none; the settings as they are then.

    Args:
        key: of the first level.
        value: any text; written as a YAML string.
        path: of the file; None is the usual place.

    Raises:
        UsageError: the file cannot be read or written, or would not be understood with this line.
    """
    import yaml

    target = path or settings_path()
    try:
        old = target.read_text(encoding="utf-8") if target.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Het instellingenbestand {target} kan niet worden gelezen: {error}") from error
    written = yaml.safe_dump({key: value}, allow_unicode=True, width=10_000)
    pattern = re.compile(rf"^{re.escape(key)}[ \t]*:.*(?:\n|\Z)", re.MULTILINE)
    if pattern.search(old):
        new = pattern.sub(lambda _: written, old, count=1)
    else:
        new = f"{old}{'' if not old or old.endswith(chr(10)) else chr(10)}{written}"
    settings = parse_settings(new, str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(".nieuw")
        aside.write_text(new, encoding="utf-8")
        aside.replace(target)
    except OSError as error:
        raise UsageError(f"Het instellingenbestand {target} kan niet worden geschreven: {error}") from error
    return settings
