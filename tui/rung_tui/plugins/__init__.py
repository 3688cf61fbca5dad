"""The mode Plugins: what is installed and what it supplies, what is wrong with it, which one does without."""
