"""Records of a workspace: forms about customers, opened, changed, listed, counted."""
