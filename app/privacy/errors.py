"""The one error of the privacy floor."""


class PrivacyError(Exception):
    """The filter could not do its work, so nothing may leave.

    `told` is a sentence for the person; it never holds the person's text.
    """

    kind = "filter"

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told
