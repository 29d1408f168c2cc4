"""Settings: one YAML file, strictly checked.

A key that is not known is refused with its line and the nearest key that is; what is typed on the command line wins
over the file, and environment variables stand in between.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from embeddings.errors import UsageError

if TYPE_CHECKING:
    import yaml

FILE_NAME = "instellingen.yaml"
SETTINGS_VARIABLE = "KAMERANTWOORD_INSTELLINGEN"
BANK_VARIABLE = "KAMERANTWOORD_BANK"
MODEL_VARIABLE = "KAMERANTWOORD_MODEL"
NAME_VARIABLE = "KAMERANTWOORD_NAAM"


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Under `signalen`: which checks speak."""

    uit: tuple[str, ...] = ()
    """Identifiers of rules that are switched off."""

    registers: str | None = None
    """Folder with the user's own registers, beside ours."""

    termen: str | None = None
    """File with the user's fixed terms: YAML ("term: schrijf zo") or CSV."""

    tegenspraakmodel: str | None = None
    """Folder of a model of inference (a cross-encoder) that weighs contradictions; None is by the rules alone."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Under `uitvoer`: how Word files are made."""

    sjabloon: str | None = None
    """A .docx with named styles."""

    auteur: str = "kamerantwoord"
    """Author of comments and tracked changes."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Under `ophalen`: how the official sources are reached."""

    officielebekendmakingen: str | None = None
    """Base address of a mirror of the search service."""

    publicaties: str | None = None
    """Base address of a mirror of the publications themselves."""

    tweedekamer: str | None = None
    """Base address of a mirror of the Chamber's open data."""

    proxy: str | None = None
    ca_bestand: str | None = None
    """File with the certificates of a ministry's own authority."""

    user_agent: str | None = None
    verzoeken_per_30_seconden: int = 10


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """Under `scherm`: how wide the panes of the workbench are, in hundredths of the screen; None is by itself."""

    vragen: int | None = None
    zijkant: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; the field names are the keys of the file."""

    bank: str | None = None
    """Folder of the bank; None is the user's data folder."""

    model: str | None = None
    """Folder or name of a sentence-transformers model; None is the packaged one."""

    naam: str = ""
    """The user's name, shown with remarks and approvals."""

    thema: str = "kamer"
    """Theme of the screens."""

    signalen: CheckSettings = field(default_factory=CheckSettings)
    uitvoer: ExportSettings = field(default_factory=ExportSettings)
    ophalen: FetchSettings = field(default_factory=FetchSettings)
    scherm: ScreenSettings = field(default_factory=ScreenSettings)

    @property
    def bank_folder(self) -> Path:
        """Where the bank lives when the command line does not say."""
        return Path(self.bank).expanduser() if self.bank else default_bank_folder()


def default_bank_folder() -> Path:
    """The bank in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("kamerantwoord") / "bank"


def settings_path() -> Path:
    """The file that settings are read from: the environment's, else the one in the user's configuration folder."""
    if named := os.environ.get(SETTINGS_VARIABLE):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("kamerantwoord") / FILE_NAME


def load_settings(path: Path | None = None) -> Settings:
    """Settings from `path`, or from the usual place when None; a file that is absent there gives the defaults.

    Raises:
        UsageError: the file cannot be read, is no YAML, or holds a key or value that is not understood.
    """
    chosen = path or settings_path()
    settings = Settings()
    if chosen.is_file():
        settings = parse_settings(_read(chosen), str(chosen))
    elif path is not None or os.environ.get(SETTINGS_VARIABLE):
        raise UsageError(f"Het instellingenbestand {chosen} bestaat niet.", "Kijk het pad na, of laat de optie weg.")
    changes = {
        name: value
        for name, variable in (("bank", BANK_VARIABLE), ("model", MODEL_VARIABLE), ("naam", NAME_VARIABLE))
        if (value := os.environ.get(variable))
    }
    return _replace(settings, changes) if changes else settings


def parse_settings(text: str, name: str = FILE_NAME) -> Settings:
    """Settings from YAML `text`; `name` is how errors call the file.

    Raises:
        UsageError: as for `load_settings`.
    """
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", regel {mark.line + 1}" if mark else ""
        raise UsageError(
            f"{name}{place}: dit is geen geldige YAML.", "Kijk de inspringing en de dubbele punten na."
        ) from error
    except RecursionError as error:
        raise UsageError(f"{name}: dit is te diep genest.", "Instellingen staan in twee lagen.") from error
    if node is None:
        return Settings()
    result = _build(Settings, node, name, "")
    assert isinstance(result, Settings)
    return result


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Het instellingenbestand {path} kan niet worden gelezen.", "Het moet een tekstbestand in UTF-8 zijn."
        ) from error


def _replace(settings: Settings, changes: dict[str, str]) -> Settings:
    values = {f.name: getattr(settings, f.name) for f in fields(settings)}
    return Settings(**{**values, **changes})


def _build(kind: type, node: yaml.Node, name: str, prefix: str) -> object:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise _wrong(name, node, f"Onder '{prefix or 'het bestand'}' horen regels van de vorm 'sleutel: waarde'.")
    known = {f.name for f in fields(kind)}
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key not in known:
            near = difflib.get_close_matches(key, sorted(known), n=1)
            raise _wrong(
                name,
                key_node,
                f"De sleutel '{prefix}{key}' bestaat niet.",
                f"Bedoelt u '{prefix}{near[0]}'?" if near else f"Bekende sleutels: {', '.join(sorted(known))}.",
            )
        if key in values:
            raise _wrong(name, key_node, f"De sleutel '{prefix}{key}' staat er twee keer.")
        values[key] = _value(hints[key], value_node, name, prefix + key)
    return kind(**values)


def _value(hint: Any, node: yaml.Node, name: str, key: str) -> object:
    import yaml

    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, node, name, key + ".")
    if get_origin(hint) is tuple:
        if not isinstance(node, yaml.SequenceNode):
            raise _wrong(
                name, node, f"Bij '{key}' hoort een lijst.", "Schrijf elke waarde op een eigen regel met '- ' ervoor."
            )
        return tuple(str(item.value) for item in node.value)
    if not isinstance(node, yaml.ScalarNode):
        raise _wrong(name, node, f"Bij '{key}' hoort één waarde.")
    optional = type(None) in get_args(hint)
    if optional and node.tag == "tag:yaml.org,2002:null":
        return None
    if hint is int or int in get_args(hint):
        try:
            number = int(node.value)
        except ValueError:
            number = 0
        if number <= 0:
            raise _wrong(name, node, f"Bij '{key}' hoort een heel getal groter dan nul.")
        return number
    return str(node.value)


def _wrong(name: str, node: yaml.Node, message: str, hint: str = "") -> UsageError:
    return UsageError(f"{name}, regel {node.start_mark.line + 1}: {message}", hint)
