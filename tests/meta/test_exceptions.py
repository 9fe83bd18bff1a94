"""An exception is made where it is raised.

One that a module keeps and raises again and again holds on to every frame that it went through, and a worker grows without end.
"""

from __future__ import annotations

import ast

from tests.meta.repository import modules


def test_no_module_keeps_an_exception_to_raise_it_again() -> None:
    found = []
    for name, tree in modules():
        kept = {
            target.id
            for statement in tree.body
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }
        constants = {each for each in kept if each.isupper()} | {each for each in imported_constants(tree) if each.isupper()}
        raised = (node for node in ast.walk(tree) if isinstance(node, ast.Raise))
        found += [f"{name}:{each.lineno}" for each in raised if isinstance(each.exc, ast.Name) and each.exc.id in constants]
    assert not found


def imported_constants(tree: ast.Module) -> set[str]:
    return {alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
