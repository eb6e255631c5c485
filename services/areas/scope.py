"""Whose rows: every read of a row about people or places goes through here (services/areas/README.md).

A queryset of a scoped model makes no SQL until it was narrowed by `within(scope)` or let go by `unscoped(reason=…)`.
The guard sits where SQL is made, so iterating, counting, aggregating, updating, deleting and use as a subquery all
raise `Unscoped` when the narrowing was forgotten. Children of a row that was itself reached in scope work, and so does
Django's own validation.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.sql import Query

from .access import Permission


class Unscoped(Exception):
    """A row was about to be read or changed without saying whose rows are meant."""


@dataclass(frozen=True)
class Scope:
    """The places and fields one person may touch under one permission.

    `posyandu` are ids of posyandu; `areas` are Kemendagri codes, each standing for itself and all below it;
    `fields` is None for all six fields; `offices` are ids of offices (OPD) the person answers for; `confidential` are
    the posyandu whose confidential tickets the person reads by her post, `sensitive` those whose sensitive answers.
    An empty scope holds nothing.
    """

    user_id: int | None
    posyandu: frozenset[UUID] = frozenset()
    areas: tuple[str, ...] = ()
    fields: frozenset[str] | None = None
    names: bool = True
    offices: frozenset[UUID] = frozenset()
    confidential: frozenset[UUID] = frozenset()
    sensitive: frozenset[UUID] = frozenset()

    def holds_area(self, code: str) -> bool:
        """Whether the place with this code is inside; a code is inside its own prefix only ("33.7" is not "33.75")."""
        return any(code == area or code.startswith(area + ".") for area in self.areas)


def inside(path: str, code: str) -> Q:
    """Rows whose `path` column is the place `code` or below it, as a range an index can serve."""
    return Q(**{path: code}) | Q(**{f"{path}__gt": f"{code}.", f"{path}__lt": f"{code}/"})


_lifted: ContextVar[str] = ContextVar("scope_guard_lifted", default="")


@contextmanager
def lifted(reason: str):
    """Let Django's own validation look for duplicates outside any scope. Not for views."""
    token = _lifted.set(reason)
    try:
        yield
    finally:
        _lifted.reset(token)


class ScopedQuery(Query):
    """A query that knows why it may run."""

    scope_reason = ""

    def get_compiler(self, *args, **kwargs):
        _check(self)
        return super().get_compiler(*args, **kwargs)


def _check(query) -> None:
    if query.is_empty():  # none() asks for no row
        return
    if not (getattr(query, "scope_reason", "") or _lifted.get()):
        raise Unscoped(f"{query.model.__name__}: say whose rows are meant, with within(scope) or unscoped(reason=…)")


class ScopedQuerySet(models.QuerySet):
    """Rows of a model that declares `scope_path`: 'posyandu', 'encounter__posyandu', 'area', …"""

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query if query is not None else ScopedQuery(model), using, hints)

    def within(self, scope: Scope):
        """Only the rows inside the scope of the person who asks."""
        return self.for_reason("scope").filter(self.model.scope_filter(scope))

    def unscoped(self, *, reason: str):
        """All rows, for work that is not done in somebody's name (`reason` says which)."""
        if not reason:
            raise Unscoped("unscoped() needs a reason")
        return self.for_reason(reason)

    def for_reason(self, reason):
        clone = self._chain()
        clone.query.scope_reason = reason
        return clone

    def _add_hints(self, **hints):
        super()._add_hints(**hints)
        if "instance" in hints:  # the children of a row that was reached in scope
            self.query.scope_reason = "child of a row in scope"

    def __or__(self, other):
        """Rows of either; both sides have said whose rows they mean, or one would let the other's in."""
        _check(self.query)
        _check(other.query)
        return super().__or__(other)

    def __xor__(self, other):
        _check(self.query)
        _check(other.query)
        return super().__xor__(other)

    def update(self, **kwargs):
        _check(self.query)
        return super().update(**kwargs)

    update.alters_data = True

    def _update(self, values):
        _check(self.query)
        return super()._update(values)

    def delete(self):
        _check(self.query)
        return super().delete()

    delete.alters_data = True

    def _raw_delete(self, using):
        _check(self.query)
        return super()._raw_delete(using)


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)


class ScopedModel(models.Model):
    """A row that belongs to a place. `scope_path` is the lookup to its posyandu, or to an area's code."""

    scope_path: str = ""
    objects = ScopedManager()

    class Meta:
        abstract = True

    @classmethod
    def scope_filter(cls, scope: Scope) -> Q:
        return Q(**{f"{cls.scope_path}__in": scope.posyandu})

    def validate_unique(self, exclude=None):
        with lifted("validation"):
            super().validate_unique(exclude)

    def validate_constraints(self, exclude=None):
        with lifted("validation"):
            super().validate_constraints(exclude)


def area_filter(path: str, areas: Iterable[str]) -> Q:
    """Rows whose area code column `path` is inside one of `areas`; nothing when there are none."""
    condition = Q(pk__in=[])
    for code in areas:
        condition |= inside(path, code)
    return condition


@dataclass(frozen=True)
class Grant:
    """One of a person's assignments, as access sees it: what it allows, where, and in which fields."""

    permissions: frozenset[str]
    posyandu: frozenset[UUID] = frozenset()
    areas: tuple[str, ...] = ()
    field: str = ""
    offices: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Access:
    """All grants of the person who asks. Scope is asked per permission: two roles never add up to a third."""

    user_id: int | None
    grants: tuple[Grant, ...] = field(default=())

    def scope(self, permission: str) -> Scope | None:
        """The scope under this permission, or None when no grant gives it."""
        given = [grant for grant in self.grants if permission in grant.permissions]
        if not given:
            return None
        bound = all(grant.field for grant in given)
        return Scope(
            user_id=self.user_id,
            posyandu=frozenset().union(*(grant.posyandu for grant in given)),
            areas=tuple(sorted({area for grant in given for area in grant.areas})),
            fields=frozenset(grant.field for grant in given) if bound else None,
            offices=frozenset().union(*(grant.offices for grant in given)),
            confidential=frozenset().union(
                *(grant.posyandu for grant in given if Permission.SEE_CONFIDENTIAL in grant.permissions)
            ),
            sensitive=frozenset().union(
                *(grant.posyandu for grant in given if Permission.SEE_SENSITIVE_ANSWERS in grant.permissions)
            ),
        )

    def may(self, permission: str) -> bool:
        return any(permission in grant.permissions for grant in self.grants)
