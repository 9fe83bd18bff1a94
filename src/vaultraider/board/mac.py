"""The hardware address of a network interface: checked, set by `ip link`, and looked at again. What cannot be set is said."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

NET = Path("/sys/class/net")
"""Where Linux shows its network interfaces."""
SECONDS = 10
"""How long `ip` may take."""
FORM = "A MAC address is six pairs of hexadecimal digits, as DE:AD:BE:EF:FE:ED."
_MAC = re.compile(r"[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}", re.ASCII)
_INTERFACE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:-]{0,14}", re.ASCII)


class MacError(Exception):
    """The address is none, or could not be set; the message says why and what to do."""


def parse(text: str) -> str:
    """In lower case with colons. Raises MacError for what no single interface may have."""
    mac = text.strip().lower()
    if not _MAC.fullmatch(mac):
        raise MacError(f"{text[:40]!r} is no MAC address. {FORM}")
    mac = mac.replace("-", ":")
    if int(mac[:2], 16) & 1:
        raise MacError(f"{mac} is for groups, and no interface can have it. Choose one whose first pair is an even number.")
    if mac == "00:00:00:00:00:00":
        raise MacError(f"{mac} is nobody's address. {FORM}")
    return mac


def only_interface(net: Path = NET) -> str:
    """The one that is made of hardware. Raises MacError where there are several, or none."""
    try:
        found = sorted(each.name for each in net.iterdir() if (each / "device").exists())
    except OSError:
        raise MacError("This system does not show its network interfaces, so no MAC address can be set here.") from None
    if len(found) != 1:
        told = f"there are {', '.join(found)}" if found else "there is none made of hardware"
        raise MacError(f"It is not clear which interface is meant: {told}. Name it with --interface.")
    return found[0]


def set_mac(mac: str, interface: str, net: Path = NET) -> None:
    """Gives the interface this address, unless it has it already. Raises MacError when it has another afterwards."""
    if not _INTERFACE.fullmatch(interface):
        raise MacError(f"{interface[:40]!r} is no name of a network interface.")
    if not (net / interface).exists():
        raise MacError(f"There is no network interface named {interface}, so its MAC address was not set.")
    if _address(net / interface) == mac:
        return
    why = _ip("link", "set", "dev", interface, "address", mac)
    if "busy" in why.lower():  # some drivers change it only while the interface is down
        _ip("link", "set", "dev", interface, "down")
        try:
            why = _ip("link", "set", "dev", interface, "address", mac)
        finally:
            up = _ip("link", "set", "dev", interface, "up")
        if up:
            raise MacError(f"{interface} was taken down to set its MAC address and does not come up again: {up}")
    if why:
        raise MacError(f"The MAC address of {interface} was not set: {why}")
    if (now := _address(net / interface)) != mac:
        raise MacError(f"The MAC address of {interface} was not set: its driver took it, but it is still {now or 'unknown'}.")


def _address(interface: Path) -> str:
    try:
        return (interface / "address").read_text(encoding="ascii", errors="replace").strip().lower()
    except OSError:
        return ""


def _ip(*arguments: str) -> str:
    """Why it failed; "" when it did not."""
    program = shutil.which("ip")
    if program is None:
        return "the command ip is missing. Install iproute2."
    try:
        done = subprocess.run(  # noqa: S603 - every argument is ours, or was checked
            [program, *arguments], capture_output=True, timeout=SECONDS, check=False, text=True, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"ip could not be run ({type(error).__name__})."
    if done.returncode == 0:
        return ""
    said = (done.stderr or done.stdout).strip().splitlines()
    reason = said[-1][:200] if said else f"ip ended with {done.returncode}"
    return f"{reason}. It takes root's rights." if "permitted" in reason or "denied" in reason else f"{reason}."
