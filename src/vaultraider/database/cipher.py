"""Secrets at rest: Fernet with keys that can be rotated, newest first."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from vaultraider.domain.errors import SignInEnded

KEY_LOST = (
    "The key that kept the sign-in safe is gone from this server. "
    "Sign in with Bungie again; nothing else that is kept here was lost."
)


class FernetCipher:
    """Seals with the first key and opens with any (``ports.Cipher``). ``keys`` are Fernet keys, newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("At least one encryption key is needed.")
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def encrypt(self, plain: str) -> bytes:
        return self._fernet.encrypt(plain.encode())

    def decrypt(self, sealed: bytes) -> str:
        """Raises SignInEnded when no key opens it. Losing the key is survivable: everybody signs in once more."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            # Without the cause: a traceback has no need to carry what was sealed.
            raise SignInEnded(KEY_LOST) from None


def derived_secret(keys: Sequence[str], purpose: str) -> bytes:
    """32 bytes for one purpose, the same in every process with the same newest key, and no way back to the key."""
    return hmac.new(base64.urlsafe_b64decode(keys[0]), f"vaultraider {purpose}".encode(), hashlib.sha256).digest()
