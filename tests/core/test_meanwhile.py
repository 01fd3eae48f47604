"""What changes while a request is checked, read or repeated must count at the moment in which it would leave."""

import threading

import pytest
from fakes import Says, Yes, parrot

from app.core import settings as keys
from app.core.approval import Approve, Revise
from app.core.cancel import Cancel
from app.core.engines import checking
from app.core.engines.cloud_address import CloudConfig
from app.core.engines.trusted import TrustedServer
from app.core.errors import Cancelled, PolicyRefused
from app.core.events import Delta, Done, Failed, Findings, Notice, Sent
from app.core.types import Message, Prompt, Role, Where
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level
from app.privacy.types import Action

PRIVATE = "Write to Cornelia Featherstone at cornelia@quillmail.example, please."
SECRET = "ghp_a8Xk29LmQwErTyUiOpAsDfGhJkLzXcVbN1m2"


class Meanwhile:
    """Agrees, after something has happened."""

    def __init__(self, happens):
        self.happens = happens

    def decide(self, review, cancel):
        self.happens(review)
        return Approve()


def ask(confidant, text, approver, conversation, where=Where.CLOUD):
    events = []
    confidant.session.send(conversation, text, approver, Cancel(), events.append, where=where)
    return events


def failed(events):
    assert isinstance(events[-1], Failed), events[-1]
    assert not any(isinstance(event, Sent) for event in events)
    return events[-1]


@pytest.mark.parametrize(
    ("setting", "value"),
    [(keys.CLOUD_ENABLED, False), (keys.CLOUD_BASE_URL, ""), (keys.CLOUD_POLICY, "never")],
    ids=lambda value: str(getattr(value, "key", value)),
)
def test_a_yes_counts_no_more_once_the_settings_forbid_it(confidant, bird, setting, value):
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    conversation = confidant.session.new_conversation().id
    events = ask(
        confidant, PRIVATE, Meanwhile(lambda _: confidant.settings.set(setting, value)), conversation
    )
    assert failed(events).kind == "refused"
    assert bird.requests == []
    assert confidant.border.ledger.entries(9) == []


@pytest.mark.parametrize("level", [Level.LOCAL, Level.STRICT])
def test_a_yes_counts_no_more_once_the_level_was_raised(confidant, bird, level):
    conversation = confidant.session.new_conversation().id
    raises = Meanwhile(lambda _: confidant.session.set_level(conversation, level))
    assert failed(ask(confidant, PRIVATE, raises, conversation)).kind == "refused"
    assert bird.bodies == []


def test_a_yes_counts_no_more_once_the_conversation_is_gone(confidant, bird):
    conversation = confidant.session.new_conversation().id
    deletes = Meanwhile(lambda _: confidant.session.delete(conversation))
    failed(ask(confidant, PRIVATE, deletes, conversation))
    assert bird.bodies == []
    assert list(confidant.border._kept.load(conversation)) == []


def test_what_was_reviewed_for_one_server_goes_to_no_other(confidant, bird):
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    confidant.secrets.set_key("key-of-the-first")
    conversation = confidant.session.new_conversation().id
    with parrot() as other:
        moves = Meanwhile(lambda _: confidant.settings.set(keys.CLOUD_BASE_URL, other.address))
        events = ask(confidant, PRIVATE, moves, conversation)
        assert "address" in failed(events).told
        assert bird.bodies == other.bodies == []
        assert "key-of-the-first" not in other.received


def test_the_key_of_one_server_is_not_handed_to_another_while_the_keyring_waits(confidant, bird):
    with parrot() as other:
        confidant.settings.set(keys.CLOUD_MODEL, "m")
        own_key = confidant.cloud._key

        def slow_key(host):
            confidant.settings.set(keys.CLOUD_BASE_URL, other.address)
            confidant.secrets.set_key("key-of-the-other")
            return own_key(host)

        confidant.cloud._key = slow_key
        conversation = confidant.session.new_conversation().id
        events = ask(confidant, PRIVATE, Yes(), conversation)
        assert isinstance(events[-1], Failed)
        assert bird.requests == other.requests == []


def test_nor_where_the_address_went_there_and_back_meanwhile(confidant, bird):
    with parrot() as other:
        confidant.settings.set(keys.CLOUD_MODEL, "m")
        confidant.secrets.set_key("key-of-the-first")
        confidant.settings.set(keys.CLOUD_BASE_URL, other.address)
        confidant.secrets.set_key("key-of-the-other")
        confidant.settings.set(keys.CLOUD_BASE_URL, bird.address)
        own_key = confidant.cloud._key

        def slow_key(host):
            confidant.settings.set(keys.CLOUD_BASE_URL, other.address)
            try:
                return own_key(host)
            finally:
                confidant.settings.set(keys.CLOUD_BASE_URL, bird.address)

        confidant.cloud._key = slow_key
        conversation = confidant.session.new_conversation().id
        events = ask(confidant, PRIVATE, Yes(), conversation)
        assert isinstance(events[-1], Done)
        assert "Bearer key-of-the-first" in bird.received
        assert "key-of-the-other" not in bird.received
        assert other.requests == []


@pytest.mark.parametrize("how", ["cloud_models", "test_cloud"])
def test_nor_while_models_are_listed_or_the_connection_is_tried(confidant, bird, how):
    with parrot() as other:
        own_key = confidant.cloud._key

        def slow_key(host):
            confidant.settings.set(keys.CLOUD_BASE_URL, other.address)
            confidant.secrets.set_key("key-of-the-other")
            return own_key(host)

        confidant.cloud._key = slow_key
        with pytest.raises(PolicyRefused):
            getattr(confidant.session, how)(Cancel())
        assert bird.requests == other.requests == []


def test_a_busy_server_gets_no_second_try_once_the_cloud_is_off(confidant, bird):
    confidant.settings.set(keys.CLOUD_MODEL, "m")
    tries = []

    def refuse(handler):
        tries.append(handler.path)
        confidant.settings.set(keys.CLOUD_ENABLED, False)
        handler.rfile.read(int(handler.headers["Content-Length"]))
        handler.send_response(503)
        handler.send_header("Retry-After", "0")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    bird.RequestHandlerClass = type("Busy", (bird.RequestHandlerClass,), {"do_POST": refuse})
    conversation = confidant.session.new_conversation().id
    events = ask(confidant, PRIVATE, Yes(), conversation)
    assert isinstance(events[-1], Failed)
    assert len(tries) == 1


def test_a_level_raised_while_the_answer_comes_keeps_that_turn_at_home_from_then_on(confidant, bird):
    conversation = confidant.session.new_conversation(level=Level.OPEN).id
    events = []

    def tell(event):
        events.append(event)
        if isinstance(event, Delta):
            confidant.session.set_level(conversation, Level.STRICT)

    confidant.session.send(
        conversation, "Tell me about the Fenwick agreement.", Yes(), Cancel(), tell, where=Where.CLOUD
    )
    assert isinstance(events[-1], Done)
    bird.bodies.clear()
    ask(confidant, "And then?", Yes(), conversation)
    assert b"Fenwick" not in bird.bodies[0]


def test_a_conversation_deleted_while_the_answer_comes_takes_the_ledgers_text_along(confidant):
    conversation = confidant.session.new_conversation().id
    events = []

    def tell(event):
        events.append(event)
        if isinstance(event, Delta):
            confidant.session.delete(conversation)

    confidant.session.send(conversation, PRIVATE, Yes(), Cancel(), tell, where=Where.CLOUD)
    (sent,) = [event for event in events if isinstance(event, Sent)]
    assert confidant.session.ledger_body(sent.ledger) is None
    assert list(confidant.border._kept.load(conversation)) == []


def test_a_change_in_the_review_is_no_yes(confidant, bird):
    confidant.settings.set(keys.CLOUD_POLICY, "ask-if-private")
    text = "Write to cornelia@quillmail.example, please."
    conversation = confidant.session.new_conversation().id
    says = Says(Revise("cornelia@quillmail.example", Action.KEEP), Approve())
    ask(confidant, text, says, conversation)
    assert len(says.reviews) == 2
    assert len(bird.bodies) == 1


def test_a_secret_that_is_to_stay_readable_is_shown_every_time(confidant):
    confidant.settings.set(keys.CLOUD_POLICY, "ask-if-private")
    conversation = confidant.session.new_conversation().id
    says = Says(Revise(SECRET, Action.KEEP), Approve(), Approve())
    for _ in range(2):
        ask(confidant, f"What is {SECRET} for?", says, conversation)
    assert len(says.reviews) == 3


def test_a_word_that_is_declared_private_later_does_not_leave_again(confidant, bird):
    conversation = confidant.session.new_conversation().id
    ask(confidant, "We plan a heron festival.", Yes(), conversation)
    assert b"heron" in bird.bodies[0]
    confidant.settings.set(keys.PRIVACY_OWN_WORDS, ("Heron",))
    yes = Yes()
    ask(confidant, "And next week?", yes, conversation)
    assert b"heron" not in bird.bodies[1].lower()
    assert yes.reviews[0].rewritten == 2


def test_a_name_that_is_hidden_later_is_hidden_in_parts_too(confidant, bird):
    conversation = confidant.session.new_conversation().id
    bird.say = lambda _: "Dear Ms Featherstone, hello."
    keep = Revise("Cornelia Featherstone", Action.KEEP)
    ask(confidant, "Write to Cornelia Featherstone.", Says(keep, Approve()), conversation)
    assert b"Cornelia Featherstone" in bird.bodies[0]
    confidant.border.privacy(conversation).decide("Cornelia Featherstone", Action.PLACEHOLDER)
    ask(confidant, "Make it shorter.", Yes(), conversation)
    assert b"Featherstone" not in bird.bodies[1]


@pytest.mark.parametrize("model", [SECRET, "zorblaxian-7b", "cornelia@quillmail.example"])
def test_a_key_or_a_private_word_in_the_field_of_the_model_does_not_leave(confidant, bird, model):
    confidant.settings.set(keys.PRIVACY_OWN_WORDS, ("Zorblaxian",))
    confidant.settings.set(keys.CLOUD_MODEL, model)
    conversation = confidant.session.new_conversation().id
    assert failed(ask(confidant, "What is the boiling point of water?", Yes(), conversation)).kind == "filter"
    assert bird.requests == []
    assert confidant.border.ledger.entries(9) == []


MODELS = (
    "smollm2-135m-instruct", "gpt-4o-2024-08-06", "gpt-5-mini", "o3-mini", "meta-llama/Llama-3.1-8B-Instruct",
    "claude-3-5-sonnet-20241022", "claude-opus-4-1-20250805", "mistral-large-latest", "deepseek/deepseek-r1:free",
    "qwen2.5:7b-instruct-q4_K_M", "@cf/meta/llama-3.3-70b-instruct-fp8-fast", "gemini-2.5-flash-preview-05-20",
    "accounts/fireworks/models/llama-v3p1-405b-instruct", "mixtral-8x7b-32768", "grok-4", "command-r-plus-08-2024",
    "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", "ft:gpt-4o-mini-2024-07-18:my-org:custom_suffix:7p4lURel",
    "anthropic.claude-3-haiku-20240307-v1:0", "Qwen/Qwen3-Coder-480B-A35B-Instruct",
)  # fmt: skip


def test_every_usual_name_of_a_model_may_leave(confidant):
    privacy = confidant.border.privacy(confidant.border.fresh())
    question = privacy.sanitize("What is the boiling point of water?", Level.GUARDED)
    for model in MODELS:
        assert privacy.seal(model, [("user", question)]).model == model


class _Slow:
    """A detector that thinks for ever."""

    name = "slow"

    def __init__(self):
        self.begun = threading.Event()
        self.go = threading.Event()

    def find(self, text, known=()):
        self.begun.set()
        self.go.wait(20)
        return ()


@pytest.mark.parametrize("where", [Where.AUTO, Where.CLOUD])
def test_stop_works_while_the_filter_does(confidant, bird, where):
    slow = confidant.border._finder = _Slow()
    cancel = Cancel()
    conversation = confidant.session.new_conversation().id
    stopper = threading.Thread(target=lambda: (slow.begun.wait(10), cancel.set()))
    stopper.start()
    with pytest.raises(Cancelled):
        confidant.session.send(conversation, PRIVATE, Yes(), cancel, lambda _: None, where=where)
    slow.go.set()
    stopper.join()
    assert bird.bodies == []


def test_a_filter_that_is_not_done_in_time_sends_nothing_and_says_so(confidant, bird, monkeypatch):
    monkeypatch.setattr(checking, "PATIENCE", 0.05)
    slow = confidant.border._finder = _Slow()
    conversation = confidant.session.new_conversation().id
    told = failed(ask(confidant, PRIVATE, Yes(), conversation))
    slow.go.set()
    assert (told.kind, "too long" in told.told) == ("filter", True)
    assert bird.bodies == []


def test_a_text_too_long_to_be_checked_stays_here(confidant, bird):
    conversation = confidant.session.new_conversation().id
    long = "word " * (checking.LONGEST // 5 + 1)
    assert failed(ask(confidant, long, Yes(), conversation)).kind == "filter"
    events = ask(confidant, long, Yes(), conversation, where=Where.AUTO)
    assert isinstance(events[-1], Done)
    assert bird.bodies == []


def test_a_vault_that_fails_in_mid_answer_is_not_called_a_request_that_was_not_sent(confidant, bird):
    conversation = confidant.session.new_conversation().id
    vault = confidant.border.privacy(conversation)._vault
    events = []

    def broken(code):
        raise OSError(PRIVATE)

    def tell(event):
        events.append(event)
        if isinstance(event, Sent):
            vault.decode = broken

    confidant.session.send(conversation, PRIVATE, Yes(), Cancel(), tell, where=Where.CLOUD)
    assert len(bird.bodies) == 1
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "engine"
    assert "put back" in events[-1].told
    assert confidant.session.messages(conversation)[-1].text == "Write to "


def test_a_text_too_long_to_be_checked_is_not_looked_at_while_it_is_typed(confidant):
    conversation = confidant.session.new_conversation().id
    with pytest.raises(PrivacyError, match="too long"):
        confidant.session.inspect(conversation, "x" * (checking.LONGEST + 1))


def test_a_full_disk_sends_nothing_and_keeps_the_question(confidant, bird):
    conversation = confidant.session.new_conversation().id
    ask(confidant, "Hello there, how are you?", Yes(), conversation)
    bird.bodies.clear()

    def fill(_):
        with confidant._kept.writing() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")

    long = PRIVATE + "".join(f" step {number}," for number in range(1500))
    told = failed(ask(confidant, long, Meanwhile(fill), conversation)).told
    assert "Nothing was sent" in told
    assert bird.bodies == []
    assert confidant.session.messages(conversation)[-2].text == long


def test_two_questions_at_once_in_one_conversation_do_no_harm(confidant, bird):
    conversation = confidant.session.new_conversation().id
    people = ["Cornelia Featherstone", "Ulrich Zwettler"]
    answers = {}

    def run(name):
        events = ask(confidant, f"Write to {name} about the party.", Yes(), conversation)
        answers[name] = "".join(event.text for event in events if isinstance(event, Delta))

    threads = [threading.Thread(target=run, args=(name,)) for name in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in people:
        assert name not in bird.received
        assert name in answers[name]


def test_the_clouds_proxy_is_not_used_on_the_way_to_a_server_on_this_computer(bird):
    with parrot() as proxy:
        config = CloudConfig(bird.address, proxy=proxy.address, model="m")
        prompt = Prompt((Message(Role.USER, PRIVATE),))
        said = "".join(
            chunk.text
            for chunk in TrustedServer(lambda: config).stream(prompt, Cancel())
            if not isinstance(chunk, Notice)
        )
        assert said == PRIVATE
        assert proxy.requests == []


def test_what_is_found_is_told_before_each_review(confidant):
    conversation = confidant.session.new_conversation().id
    says = Says(Revise("Cornelia Featherstone", Action.KEEP), Approve())
    events = ask(confidant, PRIVATE, says, conversation)
    assert sum(isinstance(event, Findings) for event in events) == 2
