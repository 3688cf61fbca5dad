"""The mode Monitor: how grades are spread, who moved, what people overrule, what was kept."""
