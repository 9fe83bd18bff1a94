"""Settings: who wins, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultraider.settings import Settings, SettingsError, load_settings


def test_defaults_file_environment_command_line_strongest_last(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('port = 1111\nhost = "file"\ncontact = "file"\nthreads = 3\n', encoding="utf-8")
    environ = {
        "VAULTRAIDER_DATA_DIR": str(tmp_path),
        "VAULTRAIDER_HOST": "environment",
        "VAULTRAIDER_CONTACT": "environment",
        "PORT": "4444",
    }
    settings = load_settings(environ=environ, contact="command line", debug=None)
    assert (settings.language, settings.threads, settings.host, settings.contact) == ("en", 3, "environment", "command line")
    assert settings.port == 4444, "a hosting platform's PORT beats the file"
    assert settings.database == f"sqlite:///{tmp_path.as_posix()}/vaultraider.sqlite3"


@pytest.mark.parametrize(
    ("environ", "name", "value"),
    [
        ({"PORT": "1", "VAULTRAIDER_PORT": "2"}, "port", 2),
        ({"REDIS_URL": "redis://here"}, "redis_url", "redis://here"),
        ({"DATABASE_URL": "postgresql://here/x"}, "database", "postgresql://here/x"),
        ({"VAULTRAIDER_ALLOW": "Marrow#4417, 123,"}, "allow", ["Marrow#4417", "123"]),
        ({"VAULTRAIDER_DEBUG": "true"}, "debug", True),
        ({"VAULTRAIDER_DEBUG": "0"}, "debug", False),
        ({"VAULTRAIDER_MANIFEST_SECONDS": "900"}, "manifest_seconds", 900),
        ({"VAULTRAIDER_TRUSTED_PROXIES": "2"}, "trusted_proxies", 2),
    ],
)
def test_the_environment(tmp_path: Path, environ: dict[str, str], name: str, value: object) -> None:
    assert getattr(load_settings(environ=environ, data_dir=tmp_path), name) == value


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("port = 'many'", "The setting port is wrong: expected `int`, got `str`."),
        ("port = 70000", "The setting port is wrong: it is a number from 0 to 65535."),
        ("threads = 0", "The setting threads is wrong: it is a number from 1 to 512."),
        (
            "manifest_seconds = 5",
            "The setting manifest_seconds is wrong: it is a number from 30 to 86400 (a day).",
        ),
        ("trusted_proxies = -1", "The setting trusted_proxies is wrong: it is the number of proxies in front, 0 for none."),
        ("allow = ['ok', 3]", "The setting allow is wrong: expected `str`, got `int`."),
        ("redirect_url = 'ftp://x'", "The setting redirect_url is wrong: it is an address that begins with https://."),
        ("smtp_port = 0", "The setting smtp_port is wrong: it is a number from 1 to 65535."),
        (
            "smtp_host = 'mail.example'",
            "The setting smtp_host needs smtp_from beside it: the e-mail address that messages are from.",
        ),
        (
            "allow_private_targets = ['home.lan', '127.1']",
            "The setting allow_private_targets is wrong: '127.1' is neither a host name nor a network such as 192.168.1.0/24.",
        ),
        ("tls_key = 'key.pem'", "The setting tls_key needs tls_certificate beside it."),
        ("colour = 'red'", "There is no setting named colour."),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, file: str, sentence: str) -> None:
    (tmp_path / "settings.toml").write_text(file, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(environ={}, data_dir=tmp_path)
    assert str(caught.value) == sentence


def test_a_file_that_is_no_toml_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"port = \xff")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(environ={}, data_dir=tmp_path)
    with pytest.raises(SettingsError, match="There is no settings file at"):
        load_settings(tmp_path / "other.toml", environ={})
    assert load_settings(environ={}, data_dir=tmp_path, read_file=False).port == 8321


def test_secrets_stay_out_of_repr_and_errors(tmp_path: Path) -> None:
    settings = Settings(
        api_key="hush-1",
        client_secret="hush-2",
        encryption_keys=["hush-3"],
        redis_url="redis://:hush-4@x",
        smtp_password="hush-5",
    )
    assert "hush" not in repr(settings)
    (tmp_path / "settings.toml").write_text("client_secret = ['hush']", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(environ={}, data_dir=tmp_path)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "site"),
    [
        ({"redirect_url": "https://vault.example/callback/bungie"}, "https://vault.example"),
        ({"redirect_url": "https://vault.example:8443/callback/bungie"}, "https://vault.example:8443"),
        ({}, "http://localhost:8321"),
        ({"tls_certificate": "c.pem", "port": 443}, "https://localhost:443"),
    ],
)
def test_where_people_reach_us_is_where_bungie_sends_them_back(given: dict[str, object], site: str) -> None:
    assert Settings(**given).site == site  # type: ignore[arg-type]  # names and values of the table
