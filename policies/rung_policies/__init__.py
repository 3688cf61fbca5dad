"""The ready policies, one folder a sector, shipped as package data."""
