"""The options of the mechanisms, declared where reading a setting loads none of them."""

from typing import Final

from app.core.settings import AnySetting, Setting

PERSONALIZE: Final = Setting(
    "mechanism.pipeline.personalize", str, "on", "In your own words",
    "on: what the cloud writes for you is edited here to your way of writing, as far as that is known. "
    "Numbers, names, quotations and code stay as they came. off: it stays as the cloud wrote it.",
    "mechanism", choices=("on", "off"),
)  # fmt: skip
PLAN: Final = Setting(
    "mechanism.pipeline.plan", str, "here", "Searching long documents",
    "here: rules on this computer say what to look for. cloud: the cloud says it; it sees your question for "
    "that, but not the document. Either way the search is done here, and only what was found is sent.",
    "mechanism", choices=("here", "cloud"), advanced=True,
)  # fmt: skip
PATIENCE: Final = Setting(
    "mechanism.fusion.patience", int, 30, "Waiting for the second answer",
    "Seconds that the cloud's answer waits for the one of this computer, to be compared with it.",
    "mechanism", minimum=0, maximum=600, advanced=True,
)  # fmt: skip

SHARE: Final = Setting(
    "mechanism.routing.share", float, 0.5, "Share of drafts that the cloud improves",
    "At most this share of what is drafted here goes to the cloud, the doubtful ones first. 1: every draft "
    "for which that seems worth it.", "mechanism", minimum=0, maximum=1, advanced=True,
)  # fmt: skip

OPTIONS: Final[tuple[AnySetting, ...]] = (PERSONALIZE, PLAN, PATIENCE, SHARE)
