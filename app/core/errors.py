"""Everything that can go wrong, each with a sentence for the person and the button that helps.

ConfidantError
├── EngineError
│   ├── NotReady          no model chosen, still loading, switched off
│   ├── ModelBroken       missing, cut, not a GGUF file, crashed last time
│   ├── ModelTooBig       does not fit in memory
│   ├── TooLong           the question does not fit the model's context
│   ├── KeyRefused        401, 403
│   ├── OutOfQuota        402, or 429 that says the credit is used up
│   ├── RateLimited       429 after the retries
│   ├── ModelUnknown      404 for the model or the address
│   ├── RequestRefused    another 4xx
│   ├── ServerFault       5xx after the retries
│   ├── Unreachable       DNS, refused connection, time-out, proxy
│   ├── CertificateRefused
│   ├── BadReply          HTML, invalid JSON, a redirect, a body that is no chat completion
│   └── CutOff            the stream broke in the middle
├── PolicyRefused         the person, a level or a setting forbids it
│   ├── SaidNo            the person wants neither request nor answer
│   └── ChoseLocal        the person wants this computer to answer
├── DocumentFault         a file cannot be read as a document
├── StoreError            in use, full, read-only, corrupt
│   ├── Locked            the key is under a passphrase that is not known yet
│   └── WrongPassphrase   neither the passphrase nor the recovery phrase
└── SettingError          a value that a setting does not take
Cancelled                 apart: Stop was pressed, never shown
"""

from enum import StrEnum


class Fix(StrEnum):
    """The button that helps."""

    NONE = ""
    RETRY = "retry"
    ENTER_KEY = "enter-key"
    CLOUD_SETTINGS = "cloud-settings"
    CHOOSE_MODEL = "choose-model"
    LOAD_ANYWAY = "load-anyway"
    ANSWER_LOCALLY = "answer-locally"
    SHORTEN = "shorten"


class Cancelled(Exception):
    """Stop was pressed."""


class ConfidantError(Exception):
    """Something that the person can be told.

    `told` says what happened and what to do. It never holds the person's text.
    """

    kind = "error"
    fix = Fix.NONE

    def __init__(self, told: str, fix: Fix | None = None) -> None:
        super().__init__(told)
        self.told = told
        if fix is not None:
            self.fix = fix


class EngineError(ConfidantError):
    """A model could not answer."""

    kind = "engine"
    fix = Fix.RETRY


class NotReady(EngineError):
    kind = "not-ready"
    fix = Fix.CHOOSE_MODEL


class ModelBroken(EngineError):
    kind = "model-broken"
    fix = Fix.CHOOSE_MODEL


class ModelTooBig(EngineError):
    kind = "model-too-big"
    fix = Fix.CHOOSE_MODEL


class TooLong(EngineError):
    kind = "too-long"
    fix = Fix.SHORTEN


class KeyRefused(EngineError):
    kind = "key-refused"
    fix = Fix.ENTER_KEY


class OutOfQuota(EngineError):
    kind = "out-of-quota"
    fix = Fix.ANSWER_LOCALLY


class RateLimited(EngineError):
    kind = "rate-limited"
    fix = Fix.RETRY


class ModelUnknown(EngineError):
    kind = "model-unknown"
    fix = Fix.CLOUD_SETTINGS


class RequestRefused(EngineError):
    kind = "request-refused"
    fix = Fix.CLOUD_SETTINGS


class ServerFault(EngineError):
    kind = "server-fault"


class Unreachable(EngineError):
    kind = "unreachable"
    fix = Fix.ANSWER_LOCALLY


class CertificateRefused(EngineError):
    kind = "certificate-refused"
    fix = Fix.CLOUD_SETTINGS


class BadReply(EngineError):
    kind = "bad-reply"
    fix = Fix.CLOUD_SETTINGS


class CutOff(EngineError):
    kind = "cut-off"


class PolicyRefused(ConfidantError):
    """A level, a setting or the person forbids it."""

    kind = "refused"
    fix = Fix.ANSWER_LOCALLY


class SaidNo(PolicyRefused):
    """The person closed the review with "Don't send": he wants no answer either."""


class ChoseLocal(PolicyRefused):
    """The person closed the review with "Answer locally"."""


class StoreError(ConfidantError):
    """The database or the disk does not do what it should."""

    kind = "store"


class Locked(StoreError):
    """The key to the data is under words that were not entered yet."""

    kind = "locked"


class WrongPassphrase(StoreError):
    """What was entered is neither the passphrase nor the recovery phrase."""

    kind = "wrong-passphrase"


class MemoryFault(ConfidantError):
    """What was said before cannot be searched."""

    kind = "memory"


class BackupFault(ConfidantError):
    """A backup cannot be made or put in place."""

    kind = "backup"


class TransferFault(ConfidantError):
    """A file with conversations cannot be read."""

    kind = "transfer"


class DocumentFault(ConfidantError):
    """A file cannot be read as a document."""

    kind = "document"


class SettingError(ConfidantError):
    """A setting does not exist or does not take this value."""

    kind = "setting"
