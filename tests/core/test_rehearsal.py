"""The rehearsal runs the same filter, and nothing of it stays or leaves."""

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
