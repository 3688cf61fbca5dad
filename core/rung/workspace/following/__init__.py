"""Contacts of a workspace: logged, taken back, worked through; one customer at hand for it all."""
