"""The step by which what is remembered is kept in step; see `migrations`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def remembering(db: "Database") -> None:
    """Say cheaply whether what memory holds is still so, and let a turn go out of answers that used it.

    New turns and vectors show in their numbers; `turn_change` counts whatever else happens to them.
    """
    db.executescript(
        """
        CREATE TABLE turn_change (number INTEGER NOT NULL);
        INSERT INTO turn_change VALUES (0);
        CREATE TRIGGER turn_gone AFTER DELETE ON message WHEN old.state <> 'streaming'
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_changed AFTER UPDATE OF text, state, conversation ON message
          WHEN old.state <> 'streaming'
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_note_gone AFTER DELETE ON note
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_note_changed AFTER UPDATE ON note
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE TRIGGER turn_vector_gone AFTER DELETE ON vector
          BEGIN UPDATE turn_change SET number = number + 1; END;
        CREATE INDEX message_uses_turn ON message (id) WHERE instr(account, '"source":"turn"') > 0;
        CREATE TRIGGER turn_unused AFTER DELETE ON message BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'turn'
              OR json_extract(used.value, '$.id') <> 2 * old.id
          )) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account);
        END;
        CREATE TRIGGER turn_note_unused AFTER DELETE ON note BEGIN
          UPDATE message SET account = json_set(account, '$.used', (
            SELECT json_group_array(json(used.value)) FROM json_each(account, '$.used') AS used
            WHERE json_extract(used.value, '$.source') <> 'turn'
              OR json_extract(used.value, '$.id') <> 2 * old.id + 1
          )) WHERE instr(account, '"source":"turn"') > 0 AND json_valid(account);
        END;
        """
    )
