"""The sums of each month in the database."""

from app.core.spending import Spent
from app.core.store.database import Database
from app.core.types import Usage


class SqliteSpending:
    """Keeps what the cloud cost; see `SpendingStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, month: str) -> Spent:
        """Return a month's sums."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT * FROM spending WHERE month = ?", (month,)).fetchone()
        if row is None:
            return Spent()
        return Spent(row["calls"], Usage(row["prompt_tokens"], row["answer_tokens"]), row["cost"])

    def claim(self, month: str, cost: float, most: float) -> bool:
        """Add to a month's cost unless it would come to more than `most`; see `SpendingStore`."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO spending (month, calls, prompt_tokens, answer_tokens, cost)"
                " VALUES (?, 0, 0, 0, 0) ON CONFLICT (month) DO NOTHING",
                (month,),
            )
            claimed = connection.execute(
                "UPDATE spending SET cost = cost + ? WHERE month = ? AND cost + ? <= ?",
                (cost, month, cost, most),
            )
            return claimed.rowcount == 1

    def add(self, month: str, spent: Spent) -> None:
        """Add to a month's sums."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO spending (month, calls, prompt_tokens, answer_tokens, cost)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (month) DO UPDATE SET calls = calls + excluded.calls,"
                " prompt_tokens = prompt_tokens + excluded.prompt_tokens,"
                " answer_tokens = answer_tokens + excluded.answer_tokens, cost = cost + excluded.cost",
                (month, spent.calls, spent.usage.prompt_tokens, spent.usage.answer_tokens, spent.cost),
            )
