"""A server of the person's own, inside the trust border: a local engine at a distance."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from app.core.cancel import Cancel
from app.core.engines.call import Call, Way
from app.core.engines.cloud_address import Address, CloudConfig, is_loopback
from app.core.engines.pump import pump
from app.core.errors import BadReply, Fix, NotReady, SettingError
from app.core.events import Notice
from app.core.types import Chunk, Prompt


class TrustedServer:
    """An OpenAI-compatible server that may see everything, because the person says that it is his.

    It gets no key: that one belongs to the cloud.
    """

    def __init__(self, config: Callable[[], CloudConfig]) -> None:
        self._config = config
        self._model = ""

    @property
    def is_set(self) -> bool:
        return bool(self._config().base_url.strip())

    @property
    def name(self) -> str:
        try:
            return f"your server {Address.parse(self._config().base_url).provider}"
        except SettingError:
            return "your server"

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Yield the server's answer; see `Engine.stream`.

        Raises:
            NotReady: the address is no address, or others on the way could read along.
        """
        config = _checked(self._config())
        body = {
            "model": self._first_model(config, cancel),
            "messages": [{"role": each.role.value, "content": each.text} for each in prompt.messages],
            "max_tokens": prompt.generation.max_tokens,
            "temperature": prompt.generation.temperature,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        raw = json.dumps(body, ensure_ascii=False).encode()
        call = Call(Way(config, _no_key), "POST", "chat/completions", raw)
        yield from pump(call.answer, cancel)

    def _first_model(self, config: CloudConfig, cancel: Cancel) -> str:
        if config.model:
            return config.model
        names = list(pump(Call(Way(config, _no_key), "GET", "models").list_models, cancel))
        if not names:
            raise BadReply("Your own server lists no models. Start one with a model.", Fix.CHOOSE_MODEL)
        return names[0]


def _no_key() -> str:
    return ""


def _checked(config: CloudConfig) -> CloudConfig:
    """Refuse what others could read, also the cloud's proxy on the way to this computer itself."""
    try:
        address = Address.parse(config.base_url)
    except SettingError as error:
        raise NotReady(f"Your own server: {error.told}") from error
    if address.is_open:
        raise NotReady(
            "Your own server has no https, so others on the way could read along. "
            "Use https, or a server on this computer."
        )
    here = is_loopback(urlsplit(address.base).hostname or "")
    return replace(config, proxy="") if here else config
