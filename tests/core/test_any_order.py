"""Whatever a person does, in whatever order: nothing that is hidden leaves, and what leaves was agreed to."""

import contextlib
import json
import shutil
import tempfile
from pathlib import Path

from fakes import Parrot, parrot
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.assembly import build
from app.core import settings as keys
from app.core.approval import AnswerLocally, Approve, Refuse, Revise
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Cancelled, StoreError
from app.core.events import Delta, Done, Sent
from app.core.paths import Paths
from app.core.types import State, Where
from app.privacy.policy import Level
from app.privacy.prompt import CUT
from app.privacy.registry import Registry, standard
from app.privacy.types import Action

MAIL = ("cornelia@quillmail.example", "ulrich.z@heronmail.example", "j.okonkwo@fenmail.example")
PHONES = ("+44 20 7946 0958", "+1 202 555 0143")
SECRET = "ghp_a8Xk29LmQwErTyUiOpAsDfGhJkLzXcVbN1m2"
OWN = "Zorblaxian"
VALUES = (*MAIL, *PHONES, SECRET)
PARTS = (*VALUES, OWN, "zorblaxian", "PERSON-7QK2", "7QK2", CUT, "You are a helpful assistant.", "tea", "`x`")
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" and then ".join)
LEVELS = st.sampled_from([Level.GUARDED, Level.OPEN, Level.STRICT, Level.GUARDED, Level.OPEN, Level.LOCAL])


class Person:
    """Does in a review what the test says, then agrees."""

    def __init__(self, machine, deeds):
        self.machine = machine
        self.deeds = list(deeds)

    def decide(self, review, cancel):
        self.machine.reviewed = review
        match self.deeds.pop(0) if self.deeds else "yes":
            case (value, action):
                self.machine.choices[self.machine.current][value] = action
                return Revise(value, action)
            case "no":
                return Refuse()
            case "here":
                return AnswerLocally()
            case "stop":
                cancel.set()
                raise Cancelled
            case "off":
                self.machine.confidant.session.set_cloud(False)
            case "move":
                self.machine.move()
            case Level() as level:
                self.machine.set_level(level)
        return Approve()


DEEDS = st.lists(
    st.one_of(
        st.sampled_from(["no", "here", "stop", "off", "move"]),
        LEVELS,
        st.tuples(st.sampled_from(VALUES), st.sampled_from([Action.KEEP, Action.PLACEHOLDER, Action.BLOCK])),
    ),
    max_size=2,
)


class AnyOrder(RuleBasedStateMachine):
    """One person, two conversations, two servers."""

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.servers = [parrot(7), parrot(7)]
        self.birds: list[Parrot] = [each.__enter__() for each in self.servers]
        self.build()
        self.confidant.settings.set(keys.CLOUD_MODEL, "parrot-1")
        self.confidant.settings.set(keys.CLOUD_BASE_URL, self.birds[0].address)
        self.conversations = [self.confidant.session.new_conversation().id for _ in range(2)]
        self.current = self.conversations[0]
        self.choices = {each: {} for each in self.conversations}
        self.own_since: int | None = None
        self.reviewed = None
        self.local_only: set[str] = set()
        self.number = 0

    def build(self):
        paths = Paths(self.folder)
        paths.create()
        self.confidant = build(paths, local=EchoEngine())
        self.confidant.start()
        # No model of names: it takes a second to load, and names are not what is tried here.
        own = lambda: self.confidant.settings[keys.PRIVACY_OWN_WORDS]  # noqa: E731
        self.confidant.border._finder = Registry(standard(own))

    @property
    def sent(self):
        return sum(len(bird.bodies) for bird in self.birds)

    @rule(
        text=TEXTS, deeds=DEEDS, where=st.sampled_from([Where.CLOUD, Where.CLOUD, Where.CLOUD, Where.LOCAL])
    )
    def on_ask(self, text, deeds, where):
        self.ask(text, deeds, where)

    def ask(self, text, deeds, where):
        self.number += 1
        mark = f"mark{self.number}x"
        self.run(
            lambda *how: self.confidant.session.send(self.current, f"{mark} {text}", *how, where=where), deeds
        )
        if not any(mark.encode() in body for bird in self.birds for body in bird.bodies):
            self.local_only.add(mark)

    @rule(deeds=DEEDS, where=st.sampled_from([Where.CLOUD, Where.LOCAL]))
    def ask_again(self, deeds, where):
        messages = self.confidant.session.messages(self.current)
        if not messages:
            return
        if where is Where.CLOUD:  # what stayed here so far may leave now, since the person asks for it
            self.local_only -= {word for each in messages for word in each.text.split()}
        self.run(lambda *how: self.confidant.session.answer_again(self.current, *how, where=where), deeds)

    def run(self, work, deeds):
        self.confidant.session.set_cloud(True)
        before, events, self.reviewed = [list(bird.bodies) for bird in self.birds], [], None
        at_level = self.confidant.session.conversation(self.current).level
        with contextlib.suppress(Cancelled):
            work(Person(self, deeds), Cancel(), events.append)
        new = [body for bird, old in zip(self.birds, before, strict=True) for body in bird.bodies[len(old) :]]
        said = [event for event in events if isinstance(event, Sent)]
        assert [event.body.encode() for event in said] == new, "told and sent differ"
        if not new:
            return
        assert at_level is not Level.LOCAL
        assert self.reviewed is not None
        assert self.reviewed.body.encode() == new[0], "reviewed and sent differ"
        assert self.confidant.session.ledger_body(said[0].ledger) == said[0].body, "the ledger differs"
        self.check(new[0].decode(), events)

    def check(self, body, events):
        contents = [message["content"] for message in json.loads(body)["messages"]]
        chosen = self.choices[self.current]
        level = self.reviewed.level
        for value in VALUES:
            is_kept = chosen.get(value) is Action.KEEP
            if is_kept or (level is Level.OPEN and value != SECRET and value not in chosen):
                continue
            assert not any(value in content for content in contents), "something hidden left"
        if self.own_since is not None:
            assert not any(OWN.lower() in content.lower() for content in contents), "an own word left"
        assert not any(mark in content.split() for content in contents for mark in self.local_only)
        if isinstance(events[-1], Done):
            answer = "".join(event.text for event in events if isinstance(event, Delta))
            privacy = self.confidant.border.privacy(self.current)
            ours = {entry.code for entry in privacy._vault.entries()}
            typed = "7QK2"
            assert not any(code in answer for code in ours if code != typed), "a placeholder was shown"

    @rule(
        value=st.sampled_from(VALUES), action=st.sampled_from([Action.KEEP, Action.PLACEHOLDER, Action.BLOCK])
    )
    def decide(self, value, action):
        self.choices[self.current][value] = action
        self.confidant.border.privacy(self.current).decide(value, action)

    @rule()
    def declare(self):
        self.own_since = self.sent
        self.confidant.settings.set(keys.PRIVACY_OWN_WORDS, (OWN,))

    @rule(level=LEVELS)
    def set_level(self, level):
        self.confidant.session.set_level(self.current, level)

    @rule(text=TEXTS)
    def ask_openly_and_think_better_of_it(self, text):
        self.set_level(Level.OPEN)
        self.ask(text, [], Where.CLOUD)
        self.set_level(Level.GUARDED)
        self.declare()
        self.ask("tea", [], Where.CLOUD)

    @rule(at=st.integers(0, 1))
    def switch(self, at):
        self.current = self.conversations[at]

    @rule()
    def move(self):
        one, other = (bird.address for bird in self.birds)
        is_first = self.confidant.settings[keys.CLOUD_BASE_URL] == one
        self.confidant.settings.set(keys.CLOUD_BASE_URL, other if is_first else one)

    @rule()
    def delete(self):
        gone = self.current
        self.confidant.session.delete(gone)
        self.current = self.confidant.session.new_conversation().id
        self.conversations[self.conversations.index(gone)] = self.current
        self.choices[self.current] = {}
        for row in self.confidant.session.ledger_entries():
            assert row.sha256 or self.confidant.session.ledger_body(row.id) is None
        assert list(self.confidant.border._kept.load(gone)) == []

    @rule()
    def start_anew(self):
        """As after a crash: nothing is left but the files."""
        self.confidant.close()
        self.build()

    @rule(text=TEXTS)
    def crash_before_the_send(self, text):
        """The ledger notes it, then the program ends."""
        before = self.sent

        def tell(event):
            if isinstance(event, Sent):
                raise KeyboardInterrupt

        self.confidant.session.set_cloud(True)
        with contextlib.suppress(KeyboardInterrupt):
            self.confidant.session.send(
                self.current, text, Person(self, ()), Cancel(), tell, where=Where.CLOUD
            )
        assert self.sent == before
        self.start_anew()

    @invariant()
    def nothing_streams(self):
        if not hasattr(self, "confidant"):
            return
        for each in self.conversations:
            try:
                messages = self.confidant.session.messages(each)
            except StoreError:
                continue
            assert not any(message.state is State.STREAMING for message in messages)
            for message in messages:
                assert not any(value in message.wire_text for value in (SECRET,) if not self.choices[each])

    def teardown(self):
        if hasattr(self, "confidant"):
            self.confidant.close()
            for server in self.servers:
                server.__exit__(None, None, None)
            shutil.rmtree(self.folder, ignore_errors=True)


AnyOrder.TestCase.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyOrder = AnyOrder.TestCase
