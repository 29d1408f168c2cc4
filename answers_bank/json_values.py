"""Domain values as JSON: what is written to disk, and read back by this and later versions.

The form follows the dataclasses, so that a field added to the domain needs no second place. A field that has its
default is left out; a key that is not known any more is passed over.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

_PLAIN = frozenset({str, int, float, bool, type(None)})


def encode(value: object) -> Any:
    """`value`, built of dataclasses, tuples, enums, dates and plain values, as JSON values."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(value):
        found = {}
        for name, default, factory in _fields(kind):
            held = getattr(value, name)
            # `is` for None, and no 0 == False.
            if held is default or (type(held) is type(default) and held == default):
                continue
            if factory is None or held != factory():
                found[name] = encode(held)
        return found
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): encode(item) for key, item in value.items()}
    raise TypeError(f"no JSON form for {kind.__name__}")


def decode(kind: type[T], data: Any) -> T:
    """The value of type `kind` that `encode` turned into `data`.

    Raises:
        ValueError: `data` does not have the shape of `kind`.
    """
    import msgspec

    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


def fields_of(value: object, names: str) -> dict[str, Any]:
    """Attributes of a value as JSON values, in the order named (apart by spaces): a part of a published form."""
    return {name: encode(getattr(value, name)) for name in names.split()}


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, object, Any], ...]:
    """Name, default and factory of the default of each field."""
    return tuple(
        (field.name, field.default, None if field.default_factory is dataclasses.MISSING else field.default_factory)
        for field in dataclasses.fields(kind)
    )
