"""Bungie's pictures on our disk: fetched once, bounded, and nothing breaks when Bungie or the disk does."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clocks import HandClock
from tests.picture_source import ICON, JPEG, PNG, HandPictures

from vaultraider.domain.errors import BungieGarbled, BungieMaintenance, BungieThrottled, NotFound, VaultRaiderError
from vaultraider.domain.pictures import is_picture_path
from vaultraider.pictures import THREADS, PictureFolder

LONG = 20.0
"""Seconds; only a failing test waits so long."""


@pytest.fixture
def source() -> HandPictures:
    return HandPictures()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path, source: HandPictures, clock: HandClock) -> Iterator[PictureFolder]:
    folder = PictureFolder(tmp_path / "pictures", source, clock)
    yield folder
    source.gate.set()
    folder.close()


def paths(count: int) -> list[str]:
    return [f"/common/destiny2_content/icons/{number:04}.png" for number in range(count)]


def files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "pictures").rglob("*") if path.is_file()]


def test_a_picture_is_fetched_once_and_outlives_the_process(
    tmp_path: Path, folder: PictureFolder, source: HandPictures, clock: HandClock
) -> None:
    assert folder.find(ICON) is None
    for _ in range(3):
        found = folder.fetch(ICON, wait=LONG)
        assert found is not None
        assert (found.content, found.media_type) == (PNG, "image/png")
    assert source.asked == [ICON]
    again = PictureFolder(tmp_path / "pictures", HandPictures(), clock).find(ICON)
    assert again is not None
    assert again.content == PNG


def test_many_at_once_ask_once(folder: PictureFolder, source: HandPictures) -> None:
    source.gate.clear()
    found: list[bytes | None] = []

    def look() -> None:
        picture = folder.fetch(ICON, wait=LONG)
        found.append(picture.content if picture else None)

    threads = [threading.Thread(target=look) for _ in range(12)]
    for thread in threads:
        thread.start()
    source.gate.set()
    for thread in threads:
        thread.join(LONG)
    assert found == [PNG] * 12
    assert source.asked == [ICON]


def test_what_another_process_brought_is_not_fetched_again(
    tmp_path: Path, folder: PictureFolder, source: HandPictures, clock: HandClock
) -> None:
    """Also what arrived between looking at the disk and standing in line."""
    source.gate.clear()
    for path in paths(THREADS):
        folder.fetch(path, wait=0)
    folder.fetch(ICON, wait=0)
    other = PictureFolder(tmp_path / "pictures", HandPictures(), clock)
    assert other.fetch(ICON, wait=LONG) is not None
    other.close()
    source.gate.set()
    source.pictures["/img/last.png"] = PNG
    while folder.fetch("/img/last.png", wait=LONG) is None:
        pass
    assert ICON not in source.asked


def test_a_slow_bungie_holds_nobody_up(folder: PictureFolder, source: HandPictures) -> None:
    source.gate.clear()
    assert folder.fetch(ICON, wait=0.01) is None
    # With more in line than can be fetched at once nobody waits at all, however long the wait that was offered.
    source.pictures |= dict.fromkeys(paths(THREADS + 2), PNG)
    for path in paths(THREADS + 2)[:THREADS]:
        folder.fetch(path, wait=0)
    assert folder.fetch(paths(THREADS + 2)[-1], wait=LONG) is None
    assert source.gave_up == []


def test_the_line_has_an_end(tmp_path: Path, source: HandPictures, clock: HandClock) -> None:
    folder = PictureFolder(tmp_path / "pictures", source, clock, longest_line=6)
    many = paths(9)
    source.pictures = dict.fromkeys([*many, ICON], PNG)
    source.gate.clear()
    for path in many:
        assert folder.fetch(path, wait=0) is None
    source.gate.set()
    while folder.fetch(ICON, wait=LONG) is None:
        pass
    for path in many[:6]:
        assert folder.fetch(path, wait=LONG) is not None
    folder.close()
    assert sorted(source.asked) == sorted([*many[:6], ICON])


@pytest.mark.parametrize(
    ("trouble", "retry_in"),
    [
        (NotFound("Bungie.net does not have this picture."), 24 * 3600),
        (BungieMaintenance(), 30),
        (BungieGarbled(), 30),
        (BungieThrottled(retry_after=90), 90),
        (VaultRaiderError(), 24 * 3600),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_after_a_no_bungie_is_left_alone_for_a_while(
    folder: PictureFolder, source: HandPictures, clock: HandClock, trouble: Exception, retry_in: int
) -> None:
    source.trouble = trouble
    assert folder.fetch(ICON, wait=LONG) is None
    source.trouble = None
    clock.pass_time(retry_in - 1)
    assert folder.fetch(ICON, wait=LONG) is None
    assert len(source.asked) == 1
    clock.pass_time(2)
    assert folder.fetch(ICON, wait=LONG) is not None


def test_what_is_kept_is_served_while_bungie_is_down(folder: PictureFolder, source: HandPictures) -> None:
    folder.fetch(ICON, wait=LONG)
    source.trouble = BungieMaintenance()
    folder.fetch("/img/other.png", wait=LONG)
    assert folder.fetch(ICON, wait=0) is not None


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html>", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', b"GIF8", b"RIFF....WAVE"],
)
def test_what_is_no_picture_is_never_kept(tmp_path: Path, folder: PictureFolder, source: HandPictures, content: bytes) -> None:
    source.pictures[ICON] = content
    assert folder.fetch(ICON, wait=LONG) is None
    assert files(tmp_path) == []
    assert folder.fetch(ICON, wait=LONG) is None
    assert len(source.asked) == 1


@pytest.mark.parametrize(
    "path",
    [
        "",
        "icons/a.png",
        "/common/destiny2_content/../../etc/passwd.png",
        "/common/destiny2_content/icons/..png/../a.png",
        "//evil.example/img/a.png",
        "/img/a.svg",
        "/img/a.png?x=1",
        "/img/a.png#x",
        "/img/a.png\n",
        "/img/a\x00.png",
        "/img/%2e%2e/a.png",
        "/img/@evil.example/a.png",
        "/Platform/Destiny2/Manifest/a.png",
        "/img/" + "a" * 400 + ".png",
    ],
)
def test_only_paths_of_pictures_are_asked_for(folder: PictureFolder, source: HandPictures, path: str) -> None:
    assert folder.fetch(path, wait=LONG) is None
    assert source.asked == []


def test_the_paths_that_bungie_uses_are_pictures() -> None:
    assert is_picture_path(ICON)
    assert is_picture_path("/img/theme/bungienet/icons/steamLogo.png")
    assert is_picture_path("/common/destiny2_content/screenshots/1274330687.jpg")


def test_the_longest_unseen_goes_when_the_folder_is_full(tmp_path: Path, source: HandPictures, clock: HandClock) -> None:
    size = len(JPEG)
    folder = PictureFolder(tmp_path / "pictures", source, clock, largest=size * 10)
    many = paths(11)
    source.pictures = dict.fromkeys(many, JPEG)
    for path in many[:10]:
        folder.fetch(path, wait=LONG)
    stamp = clock.now().timestamp()
    for age, path in enumerate(reversed(many[:10])):
        os.utime(folder._file(path), (stamp - 3600 * age, stamp - 3600 * age))
    clock.pass_time(2 * 86400)
    assert folder.find(many[0]) is not None, "looking at the oldest makes it the newest"
    folder.fetch(many[10], wait=LONG)
    folder.close()
    left = [path for path in many if folder.find(path)]
    assert many[0] in left
    assert many[10] in left
    assert many[1] not in left
    assert sum(file.stat().st_size for file in files(tmp_path)) <= size * 10


def test_what_a_killed_process_left_counts_and_goes_first(tmp_path: Path, source: HandPictures, clock: HandClock) -> None:
    left_over = tmp_path / "pictures" / "ab" / "abcd.1234.part"
    left_over.parent.mkdir(parents=True)
    left_over.write_bytes(bytes(1000))
    os.utime(left_over, (1, 1))
    folder = PictureFolder(tmp_path / "pictures", source, clock, largest=500)
    assert folder.fetch(ICON, wait=LONG) is not None
    folder.close()
    assert not left_over.exists()


def test_a_full_disk_costs_a_picture_and_nothing_else(
    tmp_path: Path, folder: PictureFolder, source: HandPictures, caplog: pytest.LogCaptureFixture
) -> None:
    # A file where the folder should be: nothing can be written, as on a full or read-only disk, even by root.
    (tmp_path / "pictures").write_text("")
    caplog.set_level(logging.WARNING, logger="vaultraider.pictures")
    assert folder.fetch(ICON, wait=LONG) is None
    assert folder.fetch("/img/other.png", wait=LONG) is None
    assert source.asked == [ICON]
    assert "cannot be kept" in caplog.text


def test_closing_lets_everybody_go(folder: PictureFolder, source: HandPictures) -> None:
    source.gate.clear()
    waiting = threading.Thread(target=lambda: folder.fetch(ICON, wait=LONG))
    waiting.start()
    while not source.asked:
        pass
    folder.close()
    waiting.join(LONG / 2)
    assert not waiting.is_alive()
    assert folder.fetch("/img/other.png", wait=LONG) is None
    source.gate.set()
