"""How answers were chosen and what became of them, and what was learned from it: numbers alone."""

from array import array

from app.core.learner import Decision
from app.core.store.database import Database


class SqliteChoices:
    """Keeps choices beside their messages; see `ChoiceStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, answer: int, decision: Decision) -> None:
        """Keep how an answer was chosen; nothing where the answer is gone by now."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO choice (message, arm, model, features, propensity)"
                " SELECT id, ?, '', ?, ? FROM message WHERE id = ?",
                (decision.arm, array("d", decision.features).tobytes(), decision.propensity, answer),
            )

    def reward(self, answer: int, reward: float) -> tuple[Decision, float | None] | None:
        """Note a reward; return the decision with the reward that it had, or None where there is none."""
        with self._database.writing() as connection:
            row = connection.execute("SELECT * FROM choice WHERE message = ?", (answer,)).fetchone()
            if row is None:
                return None
            connection.execute("UPDATE choice SET reward = ? WHERE message = ?", (reward, answer))
        features = array("d")
        features.frombytes(row["features"])
        return Decision(row["arm"], tuple(features), row["propensity"]), row["reward"]

    def state(self, name: str) -> bytes:
        """Return what a learner knew; empty where it knew nothing."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM learner WHERE name = ?", (name,)).fetchone()
        return bytes(row["value"]) if row else b""

    def keep(self, name: str, state: bytes) -> None:
        """Keep what a learner knows."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO learner (name, value) VALUES (?, ?)", (name, state))

    def forget(self, name: str) -> None:
        """Destroy every choice and what a learner knew; what others keep stays."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM choice")
            connection.execute("DELETE FROM learner WHERE name = ?", (name,))
