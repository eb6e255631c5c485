"""The first page of each role, the dashboards of places, their targets, and the roll-out board."""

from .home import home, running_list
from .place import place_detail
from .rollout import rollout_list
from .targets import target_edit, target_list

__all__ = ["home", "place_detail", "rollout_list", "running_list", "target_edit", "target_list"]
