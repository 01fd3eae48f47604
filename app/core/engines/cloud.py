"""The cloud: posts exactly the approved bytes to an OpenAI-compatible server and streams its answer."""

from collections.abc import Callable, Iterator
from functools import partial

from app.core.cancel import Cancel
from app.core.engines.call import Call, Way, address_of
from app.core.engines.cloud_address import Address, CloudConfig
from app.core.engines.cloud_client import warm
from app.core.engines.pump import pump
from app.core.engines.transport import free
from app.core.errors import (
    CertificateRefused,
    EngineError,
    KeyRefused,
    ModelUnknown,
    NotReady,
    PolicyRefused,
    RequestRefused,
    SettingError,
    Unreachable,
)
from app.core.events import Notice
from app.core.types import Chunk
from app.privacy.prompt import SanitizedPrompt


class CloudEngine:
    """A server somewhere else, which gets only what the privacy filter made.

    Settings and key are asked for anew at each call. The key is asked for on the call's own thread, since a
    keyring may wait for its password, and for the host that the call goes to, whatever is set by then.
    """

    def __init__(
        self,
        config: Callable[[], CloudConfig],
        key: Callable[[str], str],
        permit: Callable[[], None] = free,
    ) -> None:
        self._config = config
        self._key = key
        self._permit = permit

    def permit(self) -> None:
        """Raise where nothing may leave any more."""
        self._permit()

    def fixed(self, permit: Callable[[], None]) -> "CloudEngine":
        """Return this server as it is set now, for one turn.

        Nothing more leaves, and no key is handed out, once another address is set: what was reviewed for
        one server must not go to another, nor may the key of one.

        Args:
            permit: raises where nothing may leave any more; asked right before each try.
        """
        config = self._config()

        def still() -> None:
            if _place(self._config()) != _place(config):
                raise PolicyRefused("The cloud's address was changed meanwhile. Nothing was sent; ask again.")
            permit()

        return CloudEngine(lambda: config, self._key, still)

    @property
    def name(self) -> str:
        return self._config().model or self.provider

    @property
    def provider(self) -> str:
        """Host, and port where it is not the usual one; empty where no usable address is set."""
        return _provider(self._config())

    def warm(self) -> None:
        """Prepare for the first question, in the background; nothing is sent."""
        warm()

    def stream(self, prompt: SanitizedPrompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Post `prompt.body`, byte for byte, and yield the answer; see `Engine`.

        Raises:
            PrivacyError: something else was about to leave, so nothing was sent.
        """
        call = Call(self._way(), "POST", "chat/completions", prompt.body)
        yield from pump(call.answer, cancel)

    def models(self, cancel: Cancel) -> list[str]:
        """Return the names of the server's models, in its order; raises as `stream` does."""
        return list(pump(Call(self._way(), "GET", "models").list_models, cancel))

    def test(self, cancel: Cancel) -> str:
        """Try the way to the server without a word of the person's, and say how it went.

        Raises:
            EngineError: its sentence begins with the step that failed.
        """
        try:
            address = address_of(self._config())
            names = self.models(cancel)
        except ModelUnknown:
            found = "lists no models, so enter the model's name yourself"
        except EngineError as error:
            raise type(error)(f"{_STEP.get(type(error), 'Answer')}: {error.told}", error.fix) from error
        else:
            found = "offers 1 model" if len(names) == 1 else f"offers {len(names)} models"
        warning = " Without https, others on the way can read along." if address.is_open else ""
        return f"{address.provider} answers and {found}.{warning}"

    def _way(self) -> Way:
        config = self._config()
        return Way(config, partial(self._key, _provider(config)), self._permit)


def _provider(config: CloudConfig) -> str:
    try:
        return Address.parse(config.base_url).provider
    except SettingError:
        return ""


def _place(config: CloudConfig) -> str:
    """Return scheme, host, port and path; where they are unusable, what was typed."""
    try:
        return Address.parse(config.base_url).base
    except SettingError:
        return config.base_url


_STEP: dict[type[EngineError], str] = {
    NotReady: "Address",
    RequestRefused: "Request",
    Unreachable: "Connection",
    CertificateRefused: "Secure connection",
    KeyRefused: "Key",
}
