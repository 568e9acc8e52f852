"""Lightkeeper turns a frightened message into protection: check, help, report, desk, link, watch, warn."""

__version__ = "0.1.0"
