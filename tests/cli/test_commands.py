"""The commands that begin and end: what they write, print and refuse."""

from __future__ import annotations

import json
import os
import ssl
import tomllib
from pathlib import Path

import pytest
from click.testing import Result
from cryptography import x509
from tests.cli.conftest import Run

from vaultraider.bootstrap import build_services
from vaultraider.cli._registry import command_names, sentence
from vaultraider.domain.errors import Conflict
from vaultraider.settings import Settings
from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET, Simulator

APPLICATION = ("--api-key", API_KEY, "--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET)
INIT = ("init", "--yes", *APPLICATION)


def refused(result: Result) -> str:
    """The sentence of a command that failed as it should: on stderr, without a traceback."""
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert result.stderr.startswith("Error: ")
    return result.stderr.removeprefix("Error: ").strip()


@pytest.fixture
def at_bungie(run: Run, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A server that is set up, with the simulator as its Bungie."""
    monkeypatch.setenv("VAULTRAIDER_BUNGIE_WWW", simulator.url)
    monkeypatch.setenv("VAULTRAIDER_BUNGIE_STATS", simulator.url)
    assert run(*INIT, "--no-certificate").exit_code == 0
    return run


def test_help_names_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in command_names():
        assert f"  {name} " in result.output
        assert run(name, "--help").exit_code == 0
    assert {"up", "demo", "web", "simulator", "doctor", "init", "manifest", "jobs", "keys"} <= set(command_names())


# -- failures ---------------------------------------------------------------------------------------------------------------


def test_up_without_an_application_says_what_to_run(run: Run, data_dir: Path) -> None:
    assert refused(run("up")) == (
        "The settings lack api_key, client_id, client_secret. Run `vaultraider init` to set them, "
        "or `vaultraider demo` for a look first."
    )
    assert not data_dir.exists()


@pytest.mark.parametrize(
    "command", [("up",), ("web",), ("doctor",), ("manifest", "status"), ("jobs", "list"), ("keys", "rotate")]
)
def test_a_wrong_setting_is_one_sentence_everywhere(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, env={"VAULTRAIDER_PORT": "many"})
    assert refused(result) == "The setting port is wrong: expected `int`, got `str`."


def test_a_wrong_option_is_clicks_own_answer(run: Run) -> None:
    assert run("up", "--port", "70000").exit_code == 2
    assert run("jump").exit_code == 2


def test_debug_shows_where_it_came_from(run: Run) -> None:
    result = run("up", "--debug")
    assert result.exception is not None and not isinstance(result.exception, SystemExit)


def test_what_is_told_of_a_failure_holds_no_secret() -> None:
    assert sentence(Conflict()) == Conflict.default
    told = sentence(RuntimeError("at https://x/?code=hush\nand more"))
    assert told == "Something went wrong (RuntimeError: at https://x/?code=•••). Run it again with --debug to see where."


# -- init -------------------------------------------------------------------------------------------------------------------


def test_init_leads_through_it(run: Run, data_dir: Path) -> None:
    answers = ["http://vault.example", "https://vault.example:9443", "KEY-hush", "31337", "SECRET-hush", "me@vault.example", "y"]
    result = run("init", input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "Bungie accepts https only" in result.output, "the first address was refused and asked for again"
    assert "Redirect URL: https://vault.example:9443/callback/bungie" in result.output
    assert "Confidential" in result.output and "hush" not in result.output
    written = tomllib.loads((data_dir / "settings.toml").read_text(encoding="utf-8"))
    assert written == {
        "api_key": "KEY-hush",
        "client_id": "31337",
        "client_secret": "SECRET-hush",
        "redirect_url": "https://vault.example:9443/callback/bungie",
        "contact": "me@vault.example",
        "tls_certificate": str(data_dir / "certificate.pem"),
        "tls_key": str(data_dir / "certificate-key.pem"),
        "port": 9443,
    }
    if os.name == "posix":
        for name in ("settings.toml", "certificate-key.pem", "encryption.key"):
            assert (data_dir / name).stat().st_mode & 0o777 == 0o600


def test_the_certificate_names_the_host_and_this_machine(run: Run, data_dir: Path) -> None:
    run(*INIT, "--redirect-url", "https://vault.example:9443")
    certificate = x509.load_pem_x509_certificate((data_dir / "certificate.pem").read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["vault.example", "localhost"]
    assert [str(each) for each in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "::1"]
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(data_dir / "certificate.pem", data_dir / "certificate-key.pem")


def test_init_never_overwrites_without_asking(run: Run, data_dir: Path) -> None:
    run(*INIT, "--no-certificate", "--redirect-url", "https://one.example")
    before = (data_dir / "settings.toml").read_bytes()
    assert run("init", input="n\n").exit_code == 1
    assert (data_dir / "settings.toml").read_bytes() == before


def test_init_again_keeps_what_is_not_given(run: Run, data_dir: Path) -> None:
    run(*INIT, "--no-certificate", "--redirect-url", "https://one.example", "--contact", 'a "quoted" \\ name')
    with (data_dir / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("language = 'de'\nallow = ['Marrow#4417']\n")
    assert run("init", "--yes", "--no-certificate", "--client-secret", "new").exit_code == 0
    written = tomllib.loads((data_dir / "settings.toml").read_text(encoding="utf-8"))
    assert written == {
        "api_key": API_KEY,
        "client_id": CLIENT_ID,
        "client_secret": "new",
        "redirect_url": "https://one.example/callback/bungie",
        "contact": 'a "quoted" \\ name',
        "language": "de",
        "allow": ["Marrow#4417"],
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--redirect-url", "http://localhost:8321", *APPLICATION), "Bungie accepts https only"),
        (("--redirect-url", "https://x/elsewhere", *APPLICATION), "The address must be https://"),
        (("--client-id", "1", "--client-secret", "2"), "API key is missing: give --api-key."),
    ],
)
def test_init_writes_nothing_that_is_wrong(run: Run, data_dir: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in refused(run("init", "--yes", *arguments))
    assert not (data_dir / "settings.toml").exists()


# -- doctor -----------------------------------------------------------------------------------------------------------------


def checks(result: Result) -> dict[str, tuple[str, str]]:
    return {each["name"]: (each["state"], each["sentence"]) for each in json.loads(result.stdout)["checks"]}


def test_the_doctor_on_an_empty_machine_changes_nothing(run: Run, data_dir: Path) -> None:
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert checks(result)["application"][0] == "bad"
    assert not data_dir.exists()


def test_the_doctor_finds_all_well(at_bungie: Run) -> None:
    at_bungie("manifest", "update")
    result = at_bungie("doctor", "--json")
    found = checks(result)
    assert {name: state for name, (state, _) in found.items() if state == "bad"} == {}
    assert result.exit_code == 0
    for name in ("bungie", "client", "clock", "database", "manifest", "encryption key", "settings", "disk", "redirect"):
        assert found[name][0] == "good", name
    drop_ins = json.loads(result.stdout)["found"]
    assert "update_manifest" in drop_ins["jobs"] and "profile" in drop_ins["api"]
    assert "up" in drop_ins["cli"] and "oauth" in drop_ins["bungie"]
    plain = at_bungie("doctor")
    assert "All is well." in plain.stdout and CLIENT_SECRET not in plain.output and API_KEY not in plain.output


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ({"VAULTRAIDER_API_KEY": "wrong"}, "bungie"),
        ({"VAULTRAIDER_BUNGIE_WWW": "http://127.0.0.1:9"}, "bungie"),
        ({"VAULTRAIDER_CLIENT_SECRET": "wrong"}, "client"),
        ({"VAULTRAIDER_REDIRECT_URL": "https://x/elsewhere"}, "redirect"),
        ({"VAULTRAIDER_REDIS_URL": "redis://:hush@127.0.0.1:9/0"}, "redis"),
        ({"VAULTRAIDER_DATABASE_URL": "postgresql://me:hush@127.0.0.1:9/x"}, "database"),
        ({"VAULTRAIDER_TLS_CERTIFICATE": "/nowhere.pem"}, "certificate"),
    ],
)
def test_the_doctor_names_what_is_wrong(at_bungie: Run, wrong: dict[str, str], check: str) -> None:
    result = at_bungie("doctor", "--json", env=wrong)
    assert result.exit_code == 1
    assert checks(result)[check][0] == "bad"
    assert "hush" not in result.output


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its own lists of rights")
def test_the_doctor_minds_files_that_others_can_read(at_bungie: Run, data_dir: Path) -> None:
    at_bungie("jobs", "list")
    (data_dir / "settings.toml").chmod(0o644)
    (data_dir / "encryption.key").chmod(0o644)
    found = checks(at_bungie("doctor", "--json"))
    assert (found["settings"][0], found["encryption key"][0]) == ("bad", "bad")
    assert "chmod 600" in found["settings"][1]


# -- manifest, jobs, keys ---------------------------------------------------------------------------------------------------


def test_the_manifest_by_hand(at_bungie: Run) -> None:
    assert "There are no definitions yet" in at_bungie("manifest", "status").stdout
    first = at_bungie("manifest", "update", "--json")
    assert json.loads(first.stdout)["result"] == "installed"
    assert first.stderr == ""
    again = at_bungie("manifest", "update")
    assert (again.exit_code, again.stdout) == (0, "These are the newest definitions.\n")
    status = json.loads(at_bungie("manifest", "status", "--json").stdout)
    assert status["report"]["active"]["ref"]["language"] == "en"
    assert [each["result"] for each in status["history"]] == ["installed"]
    assert [each["state"] for each in status["overview"]["versions"]] == ["active"]
    recorded = json.loads(at_bungie("jobs", "list", "--json").stdout)
    assert [(each["kind"], each["asked_by"], each["state"]) for each in recorded] == [
        ("update_manifest", "command line", "done"),
        ("update_manifest", "command line", "done"),
    ]


def test_what_somebody_else_is_at_is_not_done_twice_and_not_left_behind(at_bungie: Run, data_dir: Path) -> None:
    at_bungie("jobs", "list")
    services = build_services(Settings(data_dir=data_dir))
    try:
        with services.leases.hold("job:manifest-update", seconds=600):
            assert refused(at_bungie("manifest", "update")).endswith(Conflict().sentence)
        assert [each.state for each in services.jobs.latest()] == ["cancelled"]
    finally:
        services.close()


def test_a_manifest_that_cannot_be_fetched_is_a_sentence(at_bungie: Run) -> None:
    result = at_bungie("manifest", "update", env={"VAULTRAIDER_BUNGIE_WWW": "http://127.0.0.1:9"})
    assert result.exit_code == 1
    progress, told = result.stderr.splitlines()
    assert progress == "Asking Bungie.net for the newest definitions."
    assert told.startswith("Error: Bungie.net cannot be reached.")


def test_jobs_by_hand(at_bungie: Run) -> None:
    ran = json.loads(at_bungie("jobs", "run", "update_manifest", "--json").stdout)
    assert (ran["state"], ran["asked_by"], ran["result"]["result"]) == ("done", "command line", "installed")
    assert "update_manifest" in at_bungie("jobs", "list").stdout
    assert len(json.loads(at_bungie("jobs", "list", "--json").stdout)) == 1
    assert "nobody begins it by hand" in at_bungie("jobs", "run", "carry_out_transfers").stderr
    unknown = at_bungie("jobs", "run", "dance")
    assert unknown.exit_code == 2 and "There are: " in unknown.stderr
    failed = at_bungie("jobs", "run", "update_manifest", env={"VAULTRAIDER_BUNGIE_WWW": "http://127.0.0.1:9"})
    assert failed.exit_code == 1 and "failed" in failed.stdout


def test_keys_are_rotated(at_bungie: Run, data_dir: Path) -> None:
    at_bungie("jobs", "list")
    before = (data_dir / "encryption.key").read_text()
    assert at_bungie("keys", "rotate").stdout == "There is a new key, and 0 sign-ins and 0 channels are sealed with it.\n"
    after = (data_dir / "encryption.key").read_text()
    assert after != before and len(after.splitlines()) == 1


# -- demo -------------------------------------------------------------------------------------------------------------------


def test_the_demo_leaves_a_folder_of_somebody_else_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "vaultraider.sqlite3").write_text("precious")
    for fresh in ((), ("--fresh",)):
        told = refused(run("demo", "--data-dir", str(tmp_path / "mine"), *fresh))
        assert "the demo leaves it alone" in told
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["vaultraider.sqlite3"]
