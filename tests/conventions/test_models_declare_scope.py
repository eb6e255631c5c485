"""Every table says whose rows it holds: a path to its place, a filter of its own, or why it is open to all."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldError

from services.areas.scope import Scope, ScopedManager, ScopedModel, ScopedQuerySet


def our_models():
    """Tables with a model of ours; those of many-to-many links and of history are reached through their row."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("services.")
        for model in config.get_models()
        if not hasattr(model, "instance_type")
    ]


def named(model):
    return model._meta.label


@pytest.mark.parametrize("model", our_models(), ids=named)
def test_a_model_declares_its_scope_or_why_it_has_none(model):
    if getattr(model, "scope_public", ""):
        assert not issubclass(model, ScopedModel), "either scoped or public"
        assert len(model.scope_public.split()) >= 4, "say why in a sentence"
        return
    assert issubclass(model, ScopedModel)
    own_filter = model.scope_filter.__func__ is not ScopedModel.scope_filter.__func__
    assert model.scope_path or own_filter


@pytest.mark.parametrize("model", [model for model in our_models() if issubclass(model, ScopedModel)], ids=named)
def test_every_manager_of_a_scoped_model_is_guarded(model):
    for manager in model._meta.managers:
        assert isinstance(manager.get_queryset(), ScopedQuerySet), manager.name
    assert isinstance(model._default_manager, ScopedManager | type(model.objects))


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in our_models() if issubclass(model, ScopedModel)], ids=named)
def test_a_scope_path_leads_to_a_place(model):
    """The declared path exists, and an empty scope holds no row of it."""
    try:
        rows = list(model.objects.within(Scope(user_id=None)))
    except FieldError as wrong:
        pytest.fail(f"{named(model)}: {wrong}")
    assert rows == []


def test_history_is_kept_beside_scoped_models_only():
    history = [model for model in apps.get_models() if hasattr(model, "instance_type")]
    assert not [named(model) for model in history if not issubclass(model.instance_type, ScopedModel)]
