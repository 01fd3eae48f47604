"""Delete everything that a profile's database holds."""

from app.core.store.database import Database


def erase(database: Database) -> None:
    """Empty every table of the person's and leave no byte of it in any file; what version it is stays.

    Raises:
        StoreError: it cannot be done; then nothing was changed.
    """
    with database.writing() as connection:
        for table in ("vault", "ledger", "exposure", "vector", "note", "message", "import", "document",
                      "conversation", "setting", "fact", "style", "example", "choice", "learner",
                      "spending"):  # fmt: skip
            connection.execute(f"DELETE FROM {table}")
        for index in ("message_fts", "note_fts", "conversation_fts", "passage_fts"):
            # Deleted words stay in the index until its parts are merged.
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    database.scrub()
