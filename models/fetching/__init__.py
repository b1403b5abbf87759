"""Fetches the files of models/manifest.toml. Standard library only: it must run before pip does."""
