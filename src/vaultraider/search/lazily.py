"""What is worked out when it is first asked for, and kept on the object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
Owner = TypeVar("Owner")


class lazily(Generic[Owner, T]):  # noqa: N801 - it is written like a keyword
    """As ``functools.cached_property``, without its lock: two threads that meet work the same out twice, and nobody waits."""

    def __init__(self, work_out: Callable[[Owner], T]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, one: None, owner: type[Any]) -> lazily[Owner, T]: ...
    @overload
    def __get__(self, one: Owner, owner: type[Any]) -> T: ...
    def __get__(self, one: Owner | None, owner: type[Any]) -> T | lazily[Owner, T]:
        if one is None:
            return self
        value = self._work_out(one)
        one.__dict__[self._name] = value
        return value
