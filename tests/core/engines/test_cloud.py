"""The cloud engine against an honest server: what goes out, and what comes back."""

import logging
import os
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
import trustme
from cloud_kit import KEY, WORDS, ask, engine, no_thread_left, prompt, text_of
from hostile import DONE, USAGE, Hostile, Wire, answer, event, page, status, stream

from app.core.cancel import Cancel
from app.core.engines.cloud_address import CloudConfig
from app.core.engines.transport import Line, Outgoing, open_client, proxy_for
from app.core.errors import (
    BadReply,
    CertificateRefused,
    KeyRefused,
    NotReady,
    RequestRefused,
    Unreachable,
)
from app.core.events import Notice
from app.core.types import Chunk, Usage
from app.privacy.errors import PrivacyError


def test_the_answer_comes_in_pieces_with_its_usage_at_the_end() -> None:
    with Hostile(answer("Hello", " world")) as server, no_thread_left():
        assert ask(engine(server.url)) == [
            Chunk("Hello"),
            Chunk(" world"),
            Chunk(usage=Usage(7, 3), truncated=False),
        ]


def test_the_server_receives_exactly_the_approved_bytes() -> None:
    with Hostile(answer("ok")) as server:
        ask(engine(server.url))
    assert server.bodies == [prompt().body]
    assert WORDS.encode() in server.bodies[0]
    assert server.requests[0].target == "/v1/chat/completions"


def test_no_header_tells_more_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OPENAI_API_KEY": "sk-wrong",
        "OPENAI_ADMIN_KEY": "sk-wrong",
        "OPENAI_ORG_ID": "org-wrong",
        "OPENAI_PROJECT_ID": "proj-wrong",
        "OPENAI_WEBHOOK_SECRET": "wrong",
        "OPENAI_BASE_URL": "http://wrong.invalid/v1",
        "OPENAI_CUSTOM_HEADERS": "X-Wrong: 1\nAuthorization: wrong\nUser-Agent: wrong\n"
        "X-Stainless-Raw-Response: true\nContent-Type: multipart/form-data",
    }.items():
        monkeypatch.setenv(name, value)
    with Hostile(answer("ok")) as server:
        assert text_of(ask(engine(server.url))) == "ok"
    assert dict(server.requests[0].headers) == {
        "Host": f"localhost:{server.port}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "Confidant",
        "Content-Type": "application/json",
        "Content-Length": str(len(prompt().body)),
        "Authorization": f"Bearer {KEY}",
    }


def test_a_server_without_a_key_gets_no_authorization(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong")
    with Hostile(answer("ok")) as server:
        ask(engine(server.url, key=""))
    assert server.requests[0].header("Authorization") is None


def test_neither_the_key_nor_the_words_are_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Hostile(answer("The sum is five."), status(401, {"error": {"message": WORDS}})) as server:
        ask(engine(server.url))
        with pytest.raises(KeyRefused):
            ask(engine(server.url))
    assert caplog.records
    for word in (KEY, "two and three", "The sum"):
        assert word not in caplog.text


def test_a_key_that_would_break_the_header_is_refused_before_anything_leaves() -> None:
    with Hostile(answer("ok")) as server, pytest.raises(KeyRefused) as caught:
        ask(engine(server.url, key="sk-a\r\nX-Evil: 1"))
    assert server.connections == 0
    assert "sk-a" not in caught.value.told


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/chat/completions", b'{"approved": 1}'),
        ("POST", "/v1/other", b'{"approved": 0}'),
        ("GET", "/v1/chat/completions", b'{"approved": 0}'),
        ("POST", "/v1/chat/completions", b""),
    ],
)
def test_what_was_not_approved_does_not_leave(method: str, path: str, body: bytes) -> None:
    with Hostile(answer("ok")) as server:
        approved = Outgoing("POST", f"{server.url}/v1/chat/completions", KEY, b'{"approved": 0}')
        line = Line()
        with open_client(approved, CloudConfig(server.url), line) as client, pytest.raises(PrivacyError):
            client.request(method, f"{server.url}{path}", content=body)
        line.close()
    assert server.connections == 0


def test_another_host_is_not_approved_either() -> None:
    with Hostile(answer("ok")) as server, Hostile(answer("ok")) as other:
        approved = Outgoing("POST", f"{server.url}/v1/chat/completions", KEY, b"{}")
        line = Line()
        with open_client(approved, CloudConfig(server.url), line) as client, pytest.raises(PrivacyError):
            client.post(f"{other.url}/v1/chat/completions", content=b"{}")
        line.close()
    assert (server.connections, other.connections) == (0, 0)


def test_nothing_leaves_before_the_answer_is_asked_for() -> None:
    with Hostile(answer("ok")) as server:
        unread = engine(server.url).stream(prompt(), Cancel())
        assert server.connections == 0
        del unread


def test_settings_and_key_apply_at_once() -> None:
    from app.core.engines.cloud import CloudEngine

    with Hostile(answer("one")) as first, Hostile(answer("two")) as second:
        chosen = {"url": first.url, "key": "sk-1"}
        cloud = CloudEngine(lambda: CloudConfig(chosen["url"]), lambda host: chosen["key"])
        assert text_of(ask(cloud)) == "one"
        chosen |= {"url": second.url, "key": "sk-2"}
        assert text_of(ask(cloud)) == "two"
        assert cloud.provider == f"localhost:{second.port}"
    assert second.requests[0].header("Authorization") == "Bearer sk-2"


@pytest.mark.parametrize("base_url", ["", "  ", "http://", "ftp://example.com", "not an address"])
def test_without_a_usable_address_nothing_is_tried(base_url: str) -> None:
    with pytest.raises((NotReady, RequestRefused)):
        ask(engine(base_url))
    assert engine(base_url).provider == ""


# --- what servers send besides text ---------------------------------------------------------------------------


def test_a_whole_json_answer_is_accepted_in_place_of_a_stream() -> None:
    body = {
        "choices": [{"message": {"content": "All at once"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2},
    }
    with Hostile(status(200, body)) as server:
        assert ask(engine(server.url)) == [Chunk("All at once"), Chunk(usage=Usage(1, 2))]


def test_comments_returns_reasoning_and_empty_choices_are_no_text() -> None:
    pieces = (
        b"\xef\xbb\xbf: keep-alive\r\n\r\n",
        b"event: message\r\nid: 1\r\n",
        event("a").replace(b"\n", b"\r\n"),
        b'data: {"choices":[{"delta":{"reasoning_content":"hmm","content":null}}]}\r\n\r\n',
        b'data: {"choices":[]}\n\n',
        b'data: {"object":"ping"}\n\n',
        event("b", finish="stop"),
        DONE,
    )
    with Hostile(stream(*pieces)) as server:
        assert text_of(ask(engine(server.url))) == "ab"


def test_characters_that_are_cut_between_packets_are_whole() -> None:
    data = event("Grüße 日本語 🙂")
    with Hostile(stream(*(data[i : i + 1] for i in range(len(data))), event(finish="stop"), DONE)) as server:
        assert text_of(ask(engine(server.url))) == "Grüße 日本語 🙂"


def test_a_server_that_forgets_the_end_mark_but_says_why_it_ended_is_believed() -> None:
    with Hostile(stream(event("a"), event(finish="stop"))) as server:
        assert text_of(ask(engine(server.url))) == "a"


def test_a_stream_that_never_closes_ends_at_its_end_mark() -> None:
    def step(wire: Wire) -> None:
        wire.begin_events()
        wire.piece(event("a", finish="stop") + DONE + event("late"))
        wire.hold()

    with Hostile(step) as server, no_thread_left():
        assert text_of(ask(engine(server.url))) == "a"
        assert server.wires[0].left.wait(2)


def test_an_answer_at_its_limit_is_marked() -> None:
    with Hostile(stream(event("a"), event(finish="length"), DONE)) as server:
        assert ask(engine(server.url))[-1] == Chunk(truncated=True)


def test_an_answer_that_the_server_itself_ended_says_so() -> None:
    with Hostile(stream(event("a"), event(finish="content_filter"), DONE)) as server:
        told = [item for item in ask(engine(server.url)) if isinstance(item, Notice)]
    assert told == [Notice("The server ended this answer because of its own rules.", lasting=True)]


# --- models and test ------------------------------------------------------------------------------------------


def test_models_come_in_the_order_of_the_server() -> None:
    with Hostile(status(200, {"data": [{"id": "b"}, {"id": "a"}, {"id": 3}, "x"]})) as server:
        assert engine(server.url).models(Cancel()) == ["b", "a"]
    request = server.requests[0]
    assert (request.method, request.target, request.body) == ("GET", "/v1/models", b"")
    assert {name for name, _ in request.headers} == {
        "Host",
        "Accept",
        "Accept-Encoding",
        "User-Agent",
        "Authorization",
    }


def test_the_test_says_what_it_found() -> None:
    with Hostile(
        status(200, {"data": [{"id": "a"}, {"id": "b"}]}), status(200, {"data": [{"id": "a"}]}), status(404)
    ) as server:
        host = f"localhost:{server.port}"
        cloud = engine(server.url)
        assert cloud.test(Cancel()) == f"{host} answers and offers 2 models."
        assert cloud.test(Cancel()) == f"{host} answers and offers 1 model."
        assert (
            cloud.test(Cancel()) == f"{host} answers and lists no models, so enter the model's name yourself."
        )


def test_the_test_names_the_step_that_failed(tmp_path: Path) -> None:
    with Hostile(status(401), page()) as server:
        cloud = engine(server.url)
        with pytest.raises(KeyRefused, match=r"^Key: "):
            cloud.test(Cancel())
        with pytest.raises(BadReply, match=r"^Answer: "):
            cloud.test(Cancel())
    with pytest.raises(Unreachable, match=r"^Connection: "):
        cloud.test(Cancel())
    with pytest.raises(NotReady, match=r"^Address: "):
        engine("").test(Cancel())


# --- TLS and proxies ------------------------------------------------------------------------------------------


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def _serving(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_an_own_authority_is_trusted_where_it_is_named(authority: trustme.CA, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    with Hostile(answer("ok"), tls=_serving(authority)) as server, no_thread_left():
        assert text_of(ask(engine(server.url, ca_file=str(file)))) == "ok"
    assert server.bodies == [prompt().body]


def test_a_certificate_that_nobody_vouches_for_is_refused(authority: trustme.CA) -> None:
    with (
        Hostile(answer("ok"), tls=_serving(authority)) as server,
        no_thread_left(),
        pytest.raises(CertificateRefused, match="cannot be trusted"),
    ):
        ask(engine(server.url))
    assert server.requests == []


def test_a_certificate_for_another_name_is_refused(authority: trustme.CA, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    with (
        Hostile(answer("ok"), tls=_serving(authority, "other.example")) as server,
        pytest.raises(CertificateRefused),
    ):
        ask(engine(server.url, ca_file=str(file)))
    assert server.requests == []


def test_https_to_a_server_without_it_is_a_failed_secure_connection() -> None:
    clear = Hostile(answer("ok"), speaks_first=lambda wire: wire.send(b"HTTP/1.0 400 Bad\r\n\r\n"))
    with clear as server, pytest.raises(CertificateRefused, match="http://"):
        ask(engine(server.url.replace("http:", "https:")))


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_an_authority_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CertificateRefused, match="PEM"):
        ask(engine("https://cloud.invalid", ca_file=str(file)))


def test_the_proxy_of_the_settings_is_used() -> None:
    with Hostile(answer("through")) as proxy:
        items = ask(engine("http://cloud.invalid/v1", proxy=f"http://localhost:{proxy.port}"))
    assert text_of(items) == "through"
    assert proxy.requests[0].target == "http://cloud.invalid/v1/chat/completions"
    assert proxy.bodies == [prompt().body]


def test_the_proxy_of_the_system_is_used_and_passed_by_where_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Hostile(answer("through")) as proxy:
        monkeypatch.setenv("http_proxy", f"localhost:{proxy.port}")
        assert text_of(ask(engine("http://cloud.invalid/v1"))) == "through"
        monkeypatch.setenv("no_proxy", "cloud.invalid")
        with pytest.raises(Unreachable):
            ask(engine("http://cloud.invalid/v1"))
    assert proxy.connections == 1


def test_this_computer_is_never_reached_through_the_proxy_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    assert proxy_for("http://127.0.0.1:8080/v1", "") is None
    assert proxy_for("http://example.com/v1", "") == "http://proxy.invalid:3128"


def test_https_goes_through_a_tunnel_that_the_proxy_cannot_read(
    authority: trustme.CA, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    with Hostile(answer("secret"), tls=_serving(authority)) as server:

        def tunnel(wire: Wire) -> None:
            wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
            wire.pass_through(("127.0.0.1", server.port))

        with Hostile(tunnel) as proxy, no_thread_left():
            cloud = engine(server.url, ca_file=str(file), proxy=f"http://me:word@localhost:{proxy.port}")
            assert text_of(ask(cloud)) == "secret"
    assert [request.method for request in proxy.requests] == ["CONNECT"]
    assert proxy.requests[0].header("Authorization") is None
    assert server.bodies == [prompt().body]


@pytest.mark.parametrize("refusal", [403, 407, 502])
def test_a_proxy_that_lets_nothing_through_is_named(refusal: int) -> None:
    with Hostile(status(refusal)) as proxy, pytest.raises(Unreachable) as caught:
        ask(engine("https://cloud.invalid/v1", proxy=f"http://me:word@localhost:{proxy.port}"))
    assert f"localhost:{proxy.port}" in caught.value.told
    assert "word" not in caught.value.told


def test_a_proxy_that_is_not_there_is_named() -> None:
    with pytest.raises(Unreachable, match=r"proxy proxy\.invalid:3128"):
        ask(engine("http://cloud.invalid/v1", proxy="proxy.invalid:3128"))


@pytest.mark.parametrize("proxy", ["socks5://localhost:1080", "http://", "http://host:99999"])
def test_a_proxy_of_another_kind_is_a_sentence(proxy: str) -> None:
    with pytest.raises(Unreachable, match="proxy"):
        ask(engine("http://cloud.invalid/v1", proxy=proxy))


# --- start ----------------------------------------------------------------------------------------------------


def test_importing_the_engine_loads_no_client() -> None:
    code = "import sys, app.core.engines.cloud; print({'openai', 'httpx2', 'httpcore2'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "set()"


def test_usage_alone_is_no_answer() -> None:
    with Hostile(stream(USAGE, DONE)) as server, pytest.raises(BadReply):
        ask(engine(server.url))
