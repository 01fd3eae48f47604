"""AES-GCM for what the privacy floor hands to a store."""

import hashlib
import hmac
import os
from typing import Final

from app.privacy.errors import PrivacyError

_NONCE: Final = 12
_KEY: Final = 32


def derive(key: bytes, purpose: str) -> bytes:
    """Make a key for one purpose from the profile's key of 32 bytes."""
    if len(key) != _KEY:
        raise PrivacyError("The key that protects your details is damaged. Nothing was sent.")
    return hmac.digest(key, b"confidant/" + purpose.encode(), hashlib.sha256)


class Cipher:
    """Encrypts under one key; each text is bound to the place where it is kept."""

    def __init__(self, key: bytes, purpose: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._aead = AESGCM(derive(key, purpose))

    def encrypt(self, plain: bytes, place: str) -> bytes:
        """Encrypt under a fresh nonce, which stands in front."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, plain, place.encode())

    def decrypt(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what `encrypt` made for this place.

        Raises:
            PrivacyError: another key, another place, or changed bytes.
        """
        from cryptography.exceptions import InvalidTag

        try:
            return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise PrivacyError(
                "Some protected details on this computer cannot be read. Nothing was sent."
            ) from error
