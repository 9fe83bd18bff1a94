"""The documents say what is true: commands exist, settings are named, decisions are numbered, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.meta.repository import ROOT, tracked

from vaultraider.settings import PREFIX, Settings

DOCUMENTS = [name for name in tracked() if name.endswith(".md")]
EXPECTED = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "ARCHITECTURE.md", "docs/operations.md"]
VARIABLES = [PREFIX + name.upper() for name in Settings.__struct_fields__]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def make_targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z-]+):.*##", read("Makefile")))


@pytest.mark.parametrize("name", EXPECTED)
def test_it_is_there(name: str) -> None:
    assert len(read(name)) > 400


def test_the_readme_opens_as_it_should() -> None:
    lines = [line for line in read("README.md").splitlines() if line.strip()]
    assert lines[0] == "# Vault Raider"
    assert lines[1].count(".") == 1, "one sentence says what it is"
    top = "\n".join(lines[:16])
    assert "docs/images/vault.png" in top
    assert "make demo" in top
    assert "make test" in top


@pytest.mark.parametrize("name", [*EXPECTED, ".ci/run"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"`?\bmake ([a-z][a-z-]*)`", read(name))) | set(
        re.findall(r"(?m)^\s*make ([a-z-]+)\s*(?:#.*)?$", read(name))
    )
    assert named <= make_targets(), named - make_targets()


def test_bare_make_prints_help_for_every_target() -> None:
    assert ".DEFAULT_GOAL := help" in read("Makefile")
    phony = set(re.findall(r"(?m)^\.PHONY: (.*)$", read("Makefile"))[0].split())
    assert phony == make_targets()


@pytest.mark.parametrize("name", EXPECTED)
def test_every_command_that_is_named_exists(name: str) -> None:
    commands = {path.stem for path in (ROOT / "src" / "vaultraider" / "cli").glob("[!_]*.py")}
    assert set(re.findall(r"(?:`|\n)vaultraider ([a-z]+)", read(name))) <= commands


def test_every_setting_is_in_the_example_and_no_other() -> None:
    named = re.findall(r"(?m)^#?\s?([A-Z_]+)=", read(".env.example"))
    assert named == VARIABLES, "in the order of settings.py"


def test_the_example_shows_the_defaults() -> None:
    shown = dict(re.findall(r"(?m)^#?\s?([A-Z_]+)=(.*)$", read(".env.example")))
    defaults = Settings()
    for name in Settings.__struct_fields__:
        value = getattr(defaults, name)
        if name == "data_dir" or value in ("", []):
            continue
        expected = str(value).lower() if isinstance(value, bool) else str(value)
        assert shown[PREFIX + name.upper()] == expected


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_setting_is_explained(variable: str) -> None:
    assert f"`{variable}`" in read("docs/operations.md") or f"`{variable}`" in read("README.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", read(name))
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    # The picture of the vault is taken from the running demo, after everything else is ready.
    missing = [target for target in local if not ((ROOT / name).parent / target).exists()]
    assert [target for target in missing if target != "docs/images/vault.png"] == []


def decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("path", decisions(), ids=lambda path: path.stem)
def test_a_decision_has_its_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    number = re.match(r"(\d{4})-[a-z0-9-]+$", path.stem)
    assert number
    assert re.match(rf"# {int(number[1])}\. \S", text)
    for part in ("## Context", "## Decision", "## Consequences"):
        assert part in text


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in decisions()]
    assert numbers
    assert len(numbers) == len(set(numbers))
