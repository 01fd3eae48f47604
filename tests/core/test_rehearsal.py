"""The rehearsal runs the same filter, and nothing of it stays or leaves; what left can be forgotten."""

from app.privacy.policy import Level
from app.privacy.types import Action

PRIVATE = "Write to Cornelia Featherstone at cornelia@quillmail.example; the password is tr0ub4dor-horse."


def test_a_rehearsal_says_what_each_level_does_and_leaves_no_trace(confidant, bird):
    session = confidant.session
    found = {level: session.rehearse(PRIVATE, level) for level in (Level.STRICT, Level.GUARDED, Level.OPEN)}
    conversation = session.new_conversation(level=Level.GUARDED).id
    assert found[Level.GUARDED] == session.inspect(conversation, PRIVATE)
    hidden = {PRIVATE[each.finding.start : each.finding.end] for each in found[Level.GUARDED]}
    assert {"Cornelia Featherstone", "cornelia@quillmail.example"} <= hidden
    kept = [each for each in found[Level.OPEN] if each.action is Action.KEEP]
    assert "Cornelia Featherstone" in {PRIVATE[each.finding.start : each.finding.end] for each in kept}
    assert bird.requests == []
    assert session.ledger_entries() == []
    assert [each.id for each in session.conversations()] == [conversation]
    confidant.close()
    kept_bytes = b"".join(path.read_bytes() for path in confidant.paths.profile.rglob("*") if path.is_file())
    assert b"Featherstone" not in kept_bytes


def test_what_one_request_said_is_destroyed_and_the_rest_stays(confidant, bird):
    ledger, session = confidant.border.ledger, confidant.session
    first = ledger.note("host", "chat", "big", b'{"messages":[{"content":"a quiet lagoon"}]}', {})
    second = ledger.note("host", "chat", "big", b'{"messages":[{"content":"a loud harbour"}]}', {})
    session.ledger_forget(first)
    assert session.ledger_body(first) is None
    assert session.ledger_body(second) is not None
    assert [row.id for row in session.ledger_entries()] == [second, first]
    assert session.ledger_check("quiet lagoon") == []
    assert [row.id for row in session.ledger_check("loud harbour")] == [second]
    assert session.ledger_covers() is not None
