"""What a text tells about the person is seen in the first person, and nowhere else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.errors import PrivacyError
from app.privacy.exposure import JOINED, Trait, reveals
from app.privacy.types import HIDING, Action, Decided, Finding, Kind


def told(text: str, trait: Trait) -> list[str]:
    return [text[each.start : each.end] for each in reveals(text) if each.trait is trait]


# Each hit: a text, and the words in it that tell the trait. Each near miss: a text that tells nothing of the kind.
HITS = {
    Trait.AGE: [
        ("I'm 34 and I sleep badly.", "I'm 34"),
        ("I am 67 years old.", "67 years old"),
        ("i am 29, is that too late to start piano?", "i am 29"),
        ("I\u2019m 41.", "I\u2019m 41"),
        ("im 19 and new here", "im 19"),
        ("I'm a 52-year-old beginner.", "52-year-old"),
        ("I was born in 1988, by the way.", "1988"),
        ("We were born in March 1971.", "March 1971"),
        ("I just turned 40 and want to run.", "turned 40"),
        ("My 30th birthday is coming up.", "30th birthday"),
        ("I (27F) have a question.", "27F"),
        ("I am almost 60 yrs old", "60 yrs old"),
        ("As a 45-year-old, I tire quickly.", "a 45-year-old"),
    ],
    Trait.PLACE: [
        ("I live in Marburg.", "Marburg"),
        ("We're based in Novi Sad.", "Novi Sad"),
        ("I am living in Porto Alegre right now.", "Porto Alegre"),
        ("I currently live near Tarnow", "Tarnow"),
        ("We own a house in Vermont.", "Vermont"),
        ("I rent a flat in Gdynia.", "Gdynia"),
        ("My house is in Bath, upstairs.", "Bath"),
        ("My commute is in Tulsa traffic.", "Tulsa"),
        ("I have lived in Quito for years.", "Quito"),
        ("I've settled in Perth.", "Perth"),
        ("Our village is near Salzburg.", "Salzburg"),
    ],
    Trait.JOB: [
        ("I'm a nurse.", "a nurse"),
        ("I am the only vet for miles around.", "the only vet"),
        ("I work as a night porter in a hotel", "a night porter"),
        ("I'm a retired police officer and bored", "a retired police officer"),
        ("As a midwife, I see this daily.", "a midwife"),
        ("I was a truck driver.", "a truck driver"),
        ("I've been working as a sous-chef.", "a sous-chef"),
        ("We run a small bakery.", "run a small bakery"),
        ("I teach chemistry.", "teach chemistry"),
        ("I work in insurance.", "insurance"),
        ("My profession is plumber.", "plumber"),
        ("In my job as a lifeguard I sit a lot.", "a lifeguard"),
        ("I am self-employed.", "self-employed"),
        ("I'm an electrician\u2014can I do this myself?", "an electrician"),
    ],
    Trait.EMPLOYER: [
        ("I work at Globex.", "Globex"),
        ("I work for Brindlewick Dental Clinic on weekends.", "Brindlewick Dental Clinic"),
        ("We have worked for Initech since May.", "Initech"),
        ("I'm employed by Umbra Steel.", "Umbra Steel"),
        ("I am a nurse at Saint Olga Hospital.", "Saint Olga Hospital"),
        ("My employer is Vandelay Industries.", "Vandelay Industries"),
        ("My boss at Wernham Hogg shouts.", "Wernham Hogg"),
        ("My company, Pied Piper, pays late.", "Pied Piper"),
        ("I got fired from Soylent.", "Soylent"),
        ("I interned at Hooli last year.", "Hooli"),
        ("I have a job at Kwik-E-Mart.", "Kwik-E-Mart"),
    ],
    Trait.EDUCATION: [
        ("I'm a PhD student.", "a PhD student"),
        ("I am a second-year medical student and tired.", "a second-year medical student"),
        ("I study law.", "law"),
        ("I have a master's degree in physics.", "a master's degree in physics"),
        ("I graduated from Uppsala University.", "graduated from Uppsala University"),
        ("I dropped out of high school.", "dropped out of high school"),
        ("My thesis is due.", "thesis"),
        ("I'm in high school.", "high school"),
        ("I went to Kingsmere College.", "Kingsmere College"),
        ("I'm studying marine biology.", "marine biology"),
        ("I majored in history", "history"),
        ("My phd is about bees.", "phd"),
    ],
    Trait.FAMILY: [
        ("My wife says no.", "wife"),
        ("my two kids are loud", "two kids"),
        ("I have three daughters.", "three daughters"),
        ("I'm married.", "married"),
        ("I am a single mother of two.", "a single mother of two"),
        ("We have a toddler.", "a toddler"),
        ("I got divorced last year.", "got divorced"),
        ("My 7-year-old son reads.", "7-year-old son"),
        ("I'm a new dad.", "a new dad"),
        ("My girlfriend\u2019s birthday is near.", "girlfriend"),
        ("I am single and happy.", "single"),
        ("My mother-in-law visits.", "mother-in-law"),
    ],
    Trait.ORIGIN: [
        ("I'm German.", "German"),
        ("I am a Nigerian living abroad.", "a Nigerian"),
        ("I'm from Bulawayo.", "Bulawayo"),
        ("I grew up in Split.", "Split"),
        ("I was born in Hue.", "Hue"),
        ("We are originally from Malta.", "Malta"),
        ("I emigrated from Chile.", "Chile"),
        ("My native language is Tagalog.", "native language is Tagalog"),
        ("My green card expires.", "green card"),
        ("I have a Swiss passport.", "a Swiss passport"),
        ("I'm an immigrant.", "an immigrant"),
        ("As a Finn, I love saunas.", "a Finn"),
    ],
    Trait.HEALTH: [
        ("I'm diabetic.", "diabetic"),
        ("I have asthma.", "asthma"),
        ("I suffer from chronic migraines.", "chronic migraines"),
        ("My oncologist is kind.", "oncologist"),
        ("I take metformin.", "metformin"),
        ("I'm 12 weeks pregnant.", "12 weeks pregnant"),
        ("I am allergic to penicillin.", "allergic to penicillin"),
        ("I use a wheelchair.", "a wheelchair"),
        ("I was diagnosed with lupus.", "lupus"),
        ("My depression is back.", "depression"),
        ("I'm on antidepressants.", "on antidepressants"),
        ("I've had ADHD since school.", "ADHD"),
    ],
    Trait.BELIEFS: [
        ("I'm Catholic.", "Catholic"),
        ("I am a practicing Muslim.", "a practicing Muslim"),
        ("I'm an atheist.", "an atheist"),
        ("I voted for the Greens.", "voted for the Greens"),
        ("We go to church.", "go to church"),
        ("I believe in God.", "believe in God"),
        ("My pastor said so.", "pastor"),
        ("My faith matters to me.", "faith"),
        ("I am a socialist.", "a socialist"),
        ("Our mosque is full.", "mosque"),
        ("I'm a feminist.", "a feminist"),
    ],
    Trait.FINANCES: [
        ("I earn $5,200 a month.", "$5,200"),
        ("I make 45k.", "45k"),
        ("I owe 3,000 euros.", "3,000 euros"),
        ("My salary is \u20ac52,000.", "\u20ac52,000"),
        ("My rent is 1400 this year", "1400"),
        ("I'm in debt.", "in debt"),
        ("I am broke.", "broke"),
        ("We are behind on our mortgage.", "behind on our mortgage"),
        ("I have $20k in savings.", "$20k in savings"),
        ("I inherited \u00a380,000.", "\u00a380,000"),
        ("I filed for bankruptcy.", "filed for bankruptcy"),
        ("I'm on benefits.", "on benefits"),
    ],
}
MISSES = {
    Trait.AGE: [
        "I'm 34 minutes late.", "I am 5 km away.", "My brother is 34 years old.", "I'm 100% sure.",
        "What happens at 34?", "I was 3rd.", "She's a 34-year-old nurse.", "I turned 90 degrees.",
        "I'm 2 of 4.", "The wine is 30 years old.", "I am 34.5 kg lighter.", "Is 40 too old?",
        "I'm in my 30s.",
    ],
    Trait.PLACE: [
        "I live in fear.", "I live in a small town.", "Where is Marburg?", "My brother lives in Marburg.",
        "I live in the past.", "I'm writing a novel set in Paris.", "The best food in Lyon?", "I live for March.",
        "People live in Oslo.", "I rent movies.", "Compare Porto and Lisbon.", "I live on my own.",
    ],
    Trait.JOB: [
        "What does a nurse earn?", "My brother is a nurse.", "I'm a fan of nurses.", "I need a nurse.",
        "I'm not a nurse.", "I want to become a teacher.", "I'm a Doctor Who fan.", "I'm a bit tired.",
        "I'm a teacher's pet.", "I work as hard as a horse.", "The vet said no.", "Write about a plumber.",
        "I'm looking for a lawyer.", "My wife works as a chef.", "I am a beginner.",
    ],
    Trait.EMPLOYER: [
        "I work at home.", "I work at night.", "I work for myself.", "Globex is a company.",
        "My brother works at Globex.", "I work on Mondays.", "Who works for Initech?", "My boss shouts.",
        "I work at Christmas.", "Jobs at Globex?", "I work from a cafe.", "I work for ORG-7QK2.",
    ],
    Trait.EDUCATION: [
        "What do students learn?", "My brother studies law.", "I study the menu.", "Students are loud.",
        "Degrees of freedom?", "My major concern is time.", "I have a degree of doubt.", "The school is old.",
        "How to graduate?", "I'm in trouble.", "She is a PhD student.", "I read the news.",
    ],
    Trait.FAMILY: [
        "My business partner left.", "Our partner delivers by Friday.", "His wife left.", "Children are loud.", "I'm engaged in talks.",
        "My brother is tall.", "My sonata is done.", "I'm single-handedly cooking.", "My parents visit.",
        "I separated the eggs.", "Kids' movies?", "My childhood was fun.", "I have a kidney."
    ],
    Trait.ORIGIN: [
        "I'm learning German.", "I like French food.", "I'm a German teacher.", "Where do Finns live?",
        "My friend is German.", "I'm from the future.", "A Swiss watch.", "I'm polishing it.",
        "I'm from sales.", "I come from time to time.", "The Dutch win.", "I speak Spanish.",
    ],
    Trait.HEALTH: [
        "I have a question.", "What is asthma?", "My brother has asthma.", "I'm sick of this.",
        "I'm blind to colour schemes here.", "Insulin prices rose.", "I have time.", "My doctor plays golf.",
        "My car has symptoms.", "I take the bus.", "I'm allergic.", "Depression era photos.",
    ],
    Trait.BELIEFS: [
        "What is a Muslim?", "He is Catholic.", "I'm a liberal arts major.", "The church is old.",
        "I believe in you.", "Vote for the best pie.", "My brother is a socialist.", "I go to work.",
        "Pastor Bob spoke.", "I'm a fan of churches.", "Catholic schools?", "I mass-produce chairs.",
    ],
    Trait.FINANCES: [
        "The phone costs $500.", "I make 40 cookies.", "Salaries in Oslo?", "I owe you one.",
        "My brother earns 40k.", "I have 2 cats.", "I earned it.", "My pay is fine.",
        "What is a mortgage?", "I'm on time.", "A debt of honour.", "I saved 3 files.",
    ],
}  # fmt: skip
FOUND = [(trait, text, words) for trait, cases in HITS.items() for text, words in cases]


@pytest.mark.parametrize(("trait", "text", "words"), FOUND, ids=[text for _, text, _ in FOUND])
def test_what_a_person_says_of_himself_is_seen(trait: Trait, text: str, words: str) -> None:
    assert told(text, trait) == [words], reveals(text)


MISSED = [(trait, text) for trait, texts in MISSES.items() for text in texts]


@pytest.mark.parametrize(("trait", "text"), MISSED, ids=[text for _, text in MISSED])
def test_what_is_said_of_others_or_of_nobody_is_not(trait: Trait, text: str) -> None:
    assert told(text, trait) == []


@pytest.mark.parametrize("table", [HITS, MISSES])
def test_every_trait_that_rules_tell_has_its_table(table: dict[Trait, list[object]]) -> None:
    assert set(table) == set(Trait) - {Trait.DATES}
    assert all(len(cases) >= 10 for cases in table.values())


# What detectors found and what stays readable


def found(text: str, value: str, kind: Kind, action: Action = Action.KEEP, why: str = "") -> Decided:
    start = text.index(value)
    return Decided(Finding(kind, start, start + len(value), 0.9, "d", why), action, value)


FINDINGS = [
    ("I am a single mom, 34 years old.", "34 years old", Kind.AGE, Trait.AGE),
    ("My brother is 34 years old.", "34 years old", Kind.AGE, None),
    ("Obama was born on 4 August 1961.", "4 August 1961", Kind.BIRTHDATE, None),
    ("i live in leeds now", "leeds", Kind.PLACE, Trait.PLACE),
    ("I'm a carpenter in Skagway.", "Skagway", Kind.PLACE, Trait.PLACE),
    ("We moved to Oslo.", "Oslo", Kind.PLACE, Trait.PLACE),
    ("here in Leeds it rains", "Leeds", Kind.PLACE, Trait.PLACE),
    ("i was born in leeds", "leeds", Kind.PLACE, Trait.ORIGIN),
    ("I'm planning a trip to Oslo.", "Oslo", Kind.PLACE, None),
    ("What is the best food in Lyon?", "Lyon", Kind.PLACE, None),
    ("My cousin is odd. Weather in Lyon?", "Lyon", Kind.PLACE, None),
    ("i work at google", "google", Kind.ORG, Trait.EMPLOYER),
    ("I joined Initech in May.", "Initech", Kind.ORG, Trait.EMPLOYER),
    ("i studied at oxford", "oxford", Kind.ORG, Trait.EDUCATION),
    ("Who owns Google?", "Google", Kind.ORG, None),
    ("I bought a phone of Samsung.", "Samsung", Kind.ORG, None),
    ("We still owe about 4000 on it.", "4000", Kind.MONEY, Trait.FINANCES),
    ("The phone costs $500.", "$500", Kind.MONEY, None),
    ("Before tax it was 4000.", "4000", Kind.INCOME, Trait.FINANCES),
    ("My appointment is on 3 May.", "3 May", Kind.DATE, Trait.DATES),
    ("I started there on 12 March 2019.", "12 March 2019", Kind.DATE, Trait.DATES),
    ("What happened on 3 May 1979?", "3 May 1979", Kind.DATE, None),
    ("I want to know who died on 3 May 1979.", "3 May 1979", Kind.DATE, None),
    ("My exam is tomorrow.", "tomorrow", Kind.DATE, None),
    ("Tell Anna.", "Anna", Kind.PERSON, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind", "trait"), FINDINGS, ids=[text for text, *_ in FINDINGS])
def test_a_readable_finding_counts_where_it_is_the_persons_own(
    text: str, value: str, kind: Kind, trait: Trait | None
) -> None:
    told = {each.trait for each in reveals(text, [found(text, value, kind)])}
    assert told & {trait} if trait else not told - {Trait.JOB, Trait.FAMILY}


def test_each_reason_of_the_sensitive_detector_is_known() -> None:
    from app.privacy.detectors import sensitive

    said = {
        "I have cancer.": Trait.HEALTH,
        "I'm bipolar.": Trait.HEALTH,
        "I voted for them.": Trait.BELIEFS,
        "I converted to Islam.": Trait.BELIEFS,
        "I filed for bankruptcy.": Trait.FINANCES,
        "I was laid off.": Trait.FINANCES,
    }
    for text, trait in said.items():
        decided = [Decided(each, Action.ASK, "") for each in sensitive.detector().find(text)]
        assert decided
        assert {each.trait for each in reveals(text, decided)} == {trait}, text


def test_law_and_love_are_asked_about_and_no_trait() -> None:
    text = "I was arrested."
    assert not reveals(
        text, [found(text, text[:-1], Kind.SENSITIVE, Action.ASK, "the law or family trouble")]
    )


@pytest.mark.parametrize("action", [Action.BLOCK, Action.PLACEHOLDER, Action.STANDIN, Action.GENERALIZE])
def test_what_is_hidden_tells_nothing(action: Action) -> None:
    text = "I live in Marburg, I'm 34 and I work at Brindlewick Dental Clinic."
    hidden = [
        found(text, "Marburg", Kind.PLACE, action),
        found(text, "34", Kind.AGE, action),
        found(text, "Brindlewick Dental", Kind.ORG, action),
    ]
    assert [text[each.start : each.end] for each in reveals(text, hidden)] == ["I'm"] or not reveals(
        text, hidden
    )


def test_a_number_that_is_hidden_leaves_no_age_behind() -> None:
    text = "I'm 34."
    assert reveals(text, [found(text, "34", Kind.AGE, Action.GENERALIZE)]) == ()


def test_an_article_that_is_left_tells_nothing() -> None:
    text = "I am a 41-year-old nurse and live with my two daughters."
    vaguer = [
        found(text, "41-year-old", Kind.AGE, Action.GENERALIZE),
        found(text, "nurse", Kind.OWN, Action.GENERALIZE),
        found(text, "two daughters", Kind.OWN, Action.GENERALIZE),
    ]
    assert reveals(text, vaguer) == ()


def test_a_sensitive_statement_makes_room_for_what_lies_in_it() -> None:
    text = "I have had depression since I turned 30 as a nurse"
    said = reveals(text, [found(text, text, Kind.SENSITIVE, Action.ASK, "says something about health")])
    assert {each.trait for each in said} == {Trait.HEALTH, Trait.AGE}
    ends = [0] + [each.end for each in said]
    assert all(each.start >= end for each, end in zip(said, ends, strict=False))


def test_every_trait_is_told_once_a_place() -> None:
    text = "I'm 34, a vet in Skagway, and my wife and I live in Marburg; I earn $5,200 a month."
    said = reveals(text)
    assert [each.trait for each in said] == sorted(
        (each.trait for each in said), key=[e.trait for e in said].index
    )
    assert len({(each.start, each.end) for each in said}) == len(said) >= JOINED


def test_apostrophes_and_blanks_of_any_kind_do() -> None:
    assert told("I\u2019m\u00a0a\nnurse", Trait.JOB) == ["a\nnurse"]


PIECES = st.sampled_from(
    ["I'm ", "34", " a nurse", " and ", "my wife", "I live in ", "Marburg", " with ", "I earn ", "$5,200", ". ", "\n",
     "as a vet I ", "diabetic", "I have ", "two kids", "\u2019", "I (34F)", "my ", " 3 May", "\U0001f600", "I was born in "]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=20), st.data())
def test_no_place_is_told_twice_or_hidden(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    decided, at = [], 0
    while at < len(text) and len(decided) < 5:
        start = data.draw(st.integers(at, len(text) - 1))
        at = data.draw(st.integers(start + 1, len(text)))
        kind, action = data.draw(st.sampled_from(Kind)), data.draw(st.sampled_from(Action))
        decided.append(Decided(Finding(kind, start, at, 0.9, "d", "says something about health"), action, ""))
    end = 0
    for each in reveals(text, decided):
        assert end <= each.start < each.end <= len(text)
        end = each.end
        for one in decided:
            if one.action in HIDING:
                assert each.end <= one.finding.start or one.finding.end <= each.start


HOSTILE = [
    "I am a ", "my ", "i ", "I'm a big big big big ", "I'm in the in the ", "as a ", "I have a ", "I'm a-",
    "my dear dear dear ", "I was born in 1 1 ", "I live in A B ", "I'm 3", "I earn $1,", "I (", "we were \n",
    "I'm\u00a0\u00a0", "I'm not a ", "i've been have had ", "My my-", "I turned 9", "'\u2019'", "I'm a " + "x" * 40,
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_no_text_makes_it_slow(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    reveals(text)
    assert time.perf_counter() - started < 5


def test_many_findings_take_no_longer_than_they_are_many() -> None:
    text = "my visit to my x on 3 May and " * 4000
    decided, at = [], 0
    while (at := text.find("3 May", at)) >= 0:
        decided.append(Decided(Finding(Kind.DATE, at, at + 5, 0.9, "d", ""), Action.KEEP, ""))
        at += 1
    started = time.perf_counter()
    assert {each.trait for each in reveals(text, decided)} == {Trait.DATES}
    assert time.perf_counter() - started < 5


def test_what_cannot_be_told_lets_nothing_leave() -> None:
    class Broken:
        action = Action.KEEP

        @property
        def finding(self) -> Finding:
            raise OSError("my secret")

    with pytest.raises(PrivacyError, match="Nothing was sent") as caught:
        reveals("text", [Broken()])  # type: ignore[list-item]  # what the test is about
    assert caught.value.__context__ is None
