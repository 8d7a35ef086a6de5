"""Typed Python trees to JavaScript nodes, one function per node."""

from __future__ import annotations

from build.compiler.lower.module import lower_module

__all__ = ["lower_module"]
