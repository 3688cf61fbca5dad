"""Finds the installed plugins, loads each only when it is asked for, and contains its faults."""

from rung.plugins.faults import Fault, Stage
from rung.plugins.host import Extra, PluginExtra, PluginHost, PluginInfo, State
from rung.plugins.resources import resource_folder

__all__ = ["Extra", "Fault", "PluginExtra", "PluginHost", "PluginInfo", "Stage", "State", "resource_folder"]
