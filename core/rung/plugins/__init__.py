"""Finds the installed plugins, loads each only when it is asked for, and contains its faults."""

from rung.plugins.faults import Fault, Stage
from rung.plugins.host import PluginHost
from rung.plugins.known import SECTOR, Extra, PluginInfo, State, kind_words, origin_words
from rung.plugins.resources import resource_folder

__all__ = [
    "SECTOR",
    "Extra",
    "Fault",
    "PluginHost",
    "PluginInfo",
    "Stage",
    "State",
    "kind_words",
    "origin_words",
    "resource_folder",
]
