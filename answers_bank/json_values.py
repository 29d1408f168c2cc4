"""Domain values as JSON: what is written to disk, and read back by this and later versions.

The codec follows the type hints of the dataclasses, so that a field added to the domain needs no second place. A field
that has its default is left out; a key that is not known any more is passed over.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")


def encode(value: object) -> Any:
    """`value`, built of dataclasses, tuples, enums, dates and plain values, as JSON values."""
    if dataclasses.is_dataclass(value):
        return {
            field.name: encode(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {str(key): encode(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"no JSON form for {type(value).__name__}")


def decode(kind: type[T], data: Any) -> T:
    """The value of type `kind` that `encode` turned into `data`.

    Raises:
        ValueError: `data` does not have the shape of `kind`.
    """
    try:
        return typing.cast(T, _decode(kind, data))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


def _is_default(field: dataclasses.Field[Any], value: object) -> bool:
    if field.default is not dataclasses.MISSING:
        # `is` for None, and no 0 == False.
        return value is field.default or (type(value) is type(field.default) and value == field.default)
    return field.default_factory is not dataclasses.MISSING and value == field.default_factory()


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    # Finding keeps two names for type checkers only; the hints of what is stored never need them.
    return typing.get_type_hints(kind)


def _decode(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin is types.UnionType or origin is typing.Union:
        if data is None:
            return None
        return _decode(next(option for option in typing.get_args(kind) if option is not types.NoneType), data)
    if origin is tuple:
        item_kinds = typing.get_args(kind)
        if not isinstance(data, list):
            raise TypeError("a list is expected")
        if len(item_kinds) == 2 and item_kinds[1] is Ellipsis:
            return tuple(_decode(item_kinds[0], item) for item in data)
        return tuple(_decode(k, item) for k, item in zip(item_kinds, data, strict=True))
    if origin is dict:
        return {key: _decode(typing.get_args(kind)[1], item) for key, item in data.items()}
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        known = {field.name for field in dataclasses.fields(kind)}
        build = typing.cast("Callable[..., Any]", kind)
        return build(**{name: _decode(hints[name], item) for name, item in data.items() if name in known})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind in (datetime.date, datetime.datetime):
        return kind.fromisoformat(data)
    if not isinstance(data, kind):
        raise TypeError(f"{kind.__name__} is expected, not {type(data).__name__}")
    return data
