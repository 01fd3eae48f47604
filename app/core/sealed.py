"""A key sealed with words that a person keeps: a passphrase or a recovery phrase."""

import os
import unicodedata
from dataclasses import dataclass
from typing import Final

from app.privacy.cipher import Cipher
from app.privacy.errors import PrivacyError

_SALT: Final = 16
_HIGHEST: Final = (20, 16, 8)
"""Beyond these, a spoiled file would ask for more memory than a computer has."""


class DoesNotOpen(Exception):
    """Other words, or changed bytes."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A key under scrypt (RFC 7914) and AES-GCM, with the cost that was chosen when it was sealed.

    The cost takes 128 MB and about 0.4 s of a processor; whoever guesses pays it at each guess. It is
    scrypt and not Argon2id, which not every build of OpenSSL has: a profile opens wherever it is taken.
    """

    salt: bytes
    body: bytes
    cost: int = 17
    """Of two, as an exponent."""
    block: int = 8
    lanes: int = 1

    @classmethod
    def seal(cls, key: bytes, words: str, purpose: str) -> "Sealed":
        """Seal a key; it opens only for the same purpose."""
        empty = cls(os.urandom(_SALT), b"")
        return cls(empty.salt, empty._cipher(words, purpose).encrypt(key, purpose))

    def open(self, words: str, purpose: str) -> bytes:
        """Return the key.

        Raises:
            DoesNotOpen: these are not the words.
        """
        try:
            return self._cipher(words, purpose).decrypt(self.body, purpose)
        except PrivacyError as error:
            raise DoesNotOpen from error

    def write(self) -> str:
        """Return one line."""
        return f"scrypt {self.cost} {self.block} {self.lanes} {self.salt.hex()} {self.body.hex()}"

    @classmethod
    def read(cls, line: str) -> "Sealed":
        """Read what `write` wrote.

        Raises:
            ValueError: it is something else.
        """
        form, *numbers, salt, body = line.split()
        cost, block, lanes = (int(number) for number in numbers)
        low = min(cost, block, lanes) < 1
        if form != "scrypt" or low or any(a > b for a, b in zip((cost, block, lanes), _HIGHEST, strict=True)):
            raise ValueError("a key sealed in a way that is not known here")
        return cls(bytes.fromhex(salt), bytes.fromhex(body), cost, block, lanes)

    def _cipher(self, words: str, purpose: str) -> Cipher:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        # The same letters, however this keyboard puts them together.
        typed = unicodedata.normalize("NFKC", words).encode("utf-8", "surrogatepass")
        stretched = Scrypt(self.salt, 32, n=2**self.cost, r=self.block, p=self.lanes).derive(typed)
        return Cipher(stretched, purpose)
