"""The workspace: a folder's config, policies and runs, and the one door to them for every face."""

from rung.workspace.workspace import Workspace

__all__ = ["Workspace"]
