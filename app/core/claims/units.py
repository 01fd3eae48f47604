"""Units by the ways in which they are written."""

from typing import Final

_TABLE: Final = {
    "length": {
        "mm millimetre millimeter": 0.001, "cm centimetre centimeter": 0.01, "m metre meter": 1.0,
        "km kilometre kilometer": 1000.0, "mile mi": 1609.344, "ft foot feet": 0.3048, "inch inche": 0.0254,
        "yard yd": 0.9144,
    },
    "area": {
        "m² m2 sqm sq_m sq_metre sq_meter square_metre square_meter": 1.0, "ha hectare": 1e4,
        "km² km2 sq_km square_kilometre square_kilometer": 1e6, "acre": 4046.86,
        "square_mile sq_mile": 2.59e6, "sq_ft square_foot square_feet ft² ft2": 0.0929,
    },
    "mass": {
        "mg milligram milligramme": 0.001, "g gram gramme": 1.0, "kg kilo kilogram kilogramme": 1000.0,
        "t ton tonne": 1e6, "lb lbs pound_of": 453.592, "oz ounce": 28.3495, "µg mcg microgram": 1e-6,
    },
    "volume": {"ml millilitre milliliter": 0.001, "cl": 0.01, "dl": 0.1, "l litre liter": 1.0},
    "time": {
        "ms millisecond": 0.001, "s sec second": 1.0, "min minute": 60.0, "h hr hour": 3600.0,
        "day": 86_400.0, "week": 604_800.0, "fortnight": 1_209_600.0, "month": 2_629_800.0,
        "year yr": 31_557_600.0, "decade": 315_576_000.0, "century centurie": 3_155_760_000.0,
    },
    "speed": {"km/h kph kmh": 1.0, "mph": 1.609344, "m/s": 3.6},
    "data": {"kb kilobyte": 1e3, "mb megabyte": 1e6, "gb gigabyte": 1e9, "tb terabyte": 1e12, "byte": 1.0},
    "charge": {"mah": 1.0},
    "energy": {"kcal calorie": 1.0, "kj": 0.239, "kwh": 860_000.0},
    "power": {"w watt": 1.0, "kw kilowatt": 1e3, "mw megawatt": 1e6, "gw gigawatt": 1e9},
    "pressure": {"hpa": 100.0, "bar": 1e5, "pa": 1.0, "psi": 6894.8},
    "celsius": {"°c ℃ degree_celsius degree_c degree_centigrade centigrade": 1.0},
    "fahrenheit": {"°f ℉ degree_fahrenheit degree_f": 1.0},
    "celsius|fahrenheit|angle": {"degree °": 1.0},
    "share": {"% percent per_cent percentage_point": 1.0},
    "usd": {"$ usd us$ dollar": 1.0, "cent": 0.01}, "eur": {"€ eur euro": 1.0},
    "gbp": {"£ gbp pound": 1.0}, "jpy": {"¥ jpy yen": 1.0}, "chf": {"chf franc": 1.0},
    "inr": {"₹ inr rupee": 1.0},
}  # fmt: skip

UNITS: Final = {
    spelling.replace("_", " "): (dimension, factor)
    for dimension, spellings in _TABLE.items()
    for names, factor in spellings.items()
    for spelling in names.split()
}
CURRENCIES: Final = ("usd", "eur", "gbp", "jpy", "chf", "inr")
SCALES: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "bn": 1e9, "b": 1e9,
    "billion": 1e9, "trillion": 1e12, "hundred": 100.0, "dozen": 12.0,
}  # fmt: skip


def unit(words: list[str]) -> tuple[str, float, int]:
    """Read the unit that begins a list of words: its dimension, its factor, and how many words it takes."""
    for count in (2, 1):
        if len(words) < count:
            continue
        for spelling in (" ".join(words[:count]), " ".join(words[:count]).lower(), _single(words[:count])):
            if spelling in UNITS:
                return (*UNITS[spelling], count)
    return "", 1.0, 0


def _single(words: list[str]) -> str:
    last = words[-1].lower()
    return " ".join([*map(str.lower, words[:-1]), last.removesuffix("s") if len(last) > 2 else last])
