"""Invents believable stand-ins: other people, addresses and numbers that belong to nobody."""

from typing import Final

from app.privacy.types import Kind

KINDS: Final = frozenset(
    {
        Kind.PERSON,
        Kind.ORG,
        Kind.PLACE,
        Kind.ADDRESS,
        Kind.EMAIL,
        Kind.PHONE,
        Kind.USERNAME,
        Kind.BIRTHDATE,
        Kind.DATE,
        Kind.NATIONAL_ID,
        Kind.PASSPORT,
        Kind.RECORD,
        Kind.IBAN,
        Kind.ACCOUNT,
        Kind.CARD,
        Kind.IP,
        Kind.MAC,
        Kind.HOST,
        Kind.URL,
    }
)
"""Kinds of which a stand-in can be made; of a single value it may still fail (another script)."""
