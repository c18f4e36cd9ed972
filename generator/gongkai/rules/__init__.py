"""Checks, one small module a family; importing :mod:`gongkai.rules.registry` loads them all."""
