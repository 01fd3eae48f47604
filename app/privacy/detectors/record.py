"""Passports, licences, patient, case and customer numbers: any number that a word calls so."""

import re

from app.privacy.detectors.pattern import DIGITS, PatternDetector, Rule, checked
from app.privacy.letters import in_small
from app.privacy.types import Kind

NAME = "record"
_LINK = (
    r"(?:[\s*_|\"'\-]{0,3}(?:number|numbers|num|no\.?|nos\.?|nr\.?|n[°º]\.?|№|id|ids|code|ref|reference|is|are"
    r"|was|:|：|=|#|\(|ist|lautet|est|es|è|jest|numéro|nummer|número|numero|numer|del?|di|do)){0,4}[\s*_"
    r"|\"']{0,4}"
)
_VALUE = r"(?P<v>(?=[A-Z\-/]{0,8}\d)[A-Z0-9][A-Z0-9\-/._]{2,28}(?<![.\-/_]))(?![\w])"
_SPACED = r"(?P<v>(?=[A-Z]{0,3}\d)[A-Z0-9]{1,18}(?:[ \-][A-Z]{0,2}\d[A-Z0-9]{0,8}){0,4})(?![\w])"
_PASSPORT = (
    r"passports?|passeport|reisepass(?:nummer|-nr\.?)?|pass(?:nummer|-nr\.?)|pasaporte|passaporto|passaporte"
    r"|paspoort(?:nummer)?|paszportu?|护照号?码?|паспорта?"
)
_LICENCE = (
    r"driv(?:er'?s?|ing) licen[cs]e|licen[cs]e plate|number plate|license|licence|plate"
    r"|registration(?: plate)?|dl|vin|führerschein(?:nummer)?"
    r"|kennzeichen|permis(?: de conduire)?|immatriculation|carnet de conducir|patente|targa|kenteken"
    r"|numer rejestracyjny|prawo jazdy|rijbewijs|carta de condução|cnh|visa|green card"
    r"|work permit|residence permit|vehicle|aufenthaltstitel"
)
_RECORD = (
    r"mrn|medical record|health record|patient|hospital|chart|case|docket|file|application"
    r"|claim|policy|insurance|appeal|indictment|permit|parcel|shipment|transaction|meter|device"
    r"|member|membership|employee|staff|student|matriculation|customer|client|user|order|personnel"
    r"|invoice|booking|reservation|confirmation|enrol?lment|candidate|applicant|supplier|vendor|registration"
    r"|ticket|tracking|reference|ref|contract|subscriber|medicare|medicaid|npi|nhs|dea|payee|taxpayer"
    r"|prescription|rx|loan|serial|imei|iccid|badge|payroll|library card|loyalty card|frequent flyer"
    r"|warrant|complaint|complaints|proceedings|record|beneficiary|pnr|crn|s/n|sku|uen|case file"
    r"|dossier|aktenzeichen|az\.|geschäftszeichen|(?:kunden|vertrags|matrikel|versicherungs|versicherten"
    r"|sozialversicherungs|rechnungs|bestell|mitglieds|personal|patienten|fall|vorgangs|sendungs|policen"
    r"|schadens"
    r"|mandats|referenz|auftrags|buchungs|ticket)[\-]?(?:nummer|nr\.?)"
    r"|facture|commande|contrat|adhérent|matricule|sinistre|police"
    r"|número de expediente|expediente|historia clínica|factura|pedido|póliza|cliente|siniestro|contrato"
    r"|pratica|fattura|ordine|polizza|tessera|cartella clinica|matricola|contratto|sinistro"
    r"|(?:dossier|klant|factuur|bestel|polis|patiënt|zaak|lidmaatschaps|personeels)nummer"
    r"|sygnatura(?: akt)?|sprawy|faktur[aya]|zamówieni[ea]|polis[ay]|klienta"
    r"|processo|fatura|apólice|prontuário"
)


def _named(names: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{names}){_LINK}{value}", re.IGNORECASE)


def _number(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 4 and not re.fullmatch(
        r"(?:19|20)\d\d|\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|(?:19|20)\d\d[./\-]\d{1,2}[./\-]\d{1,2}", text
    )


def _plate(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 2 and len(text) >= 5 and not re.fullmatch(r"(?:19|20)\d\d", text)


_COURT = re.compile(
    r"(?<!\w)(?:nos?\.|applications?|numbers?|appeals?|cases?|n[°º]s?\.?|requêtes?(?: n[°º])?"
    r"|beschwerden?(?: nr\.)?)"
    r"\s{0,2}(?P<v>\d{1,6}/\d{2,4}(?: [EK]\.)?)(?!\w)",
    re.IGNORECASE,
)
_FILED = re.compile(
    r"(?<!law )(?<!act )(?<!laws )(?<!decree )(?<!protocol )(?<!ruling )(?<!directive )(?<!regulation )"
    r"(?<!resolution )(?<!\w)(?:nos?\.|ref\.|refs\.|n[°º]\.?|references?) {1,2}"
    r"(?P<v>(?=[^\s\d]{0,10} ?\d)(?:[A-Z][a-z]{1,3} )?"
    r"[^\W_]{1,10}(?:[\-/.][^\W_]{1,12}){1,5}(?: [EK]\.)?)(?!\w)",
    re.IGNORECASE,
)
_COURT_MORE = re.compile(r"(?<![\w/.])\d{3,6}/\d{2}(?![\w/])")
_COURT_FORM = re.compile(
    r"(?<![\w/.\-])(?:\d:\d{2}-(?:cv|cr|mc|md|bk|ap|mj)-\d{3,5}(?:-[A-Z]{1,4}){0,3}"  # US district courts
    r"|[CTF]-\d{1,4}/\d{2}(?: [PR])?"  # Court of Justice of the EU
    r"|\d{1,3} (?:O|C|S|T|F|Ca|Ss|Ls|Ds|Cs|Js|U|W|K|L|R|ZR|StR|BvR|BvL|AZR|BGs|IN|IK"
    r"|M) \d{1,5}/\d{2}"  # German courts
    r"|(?:EW|UK)(?:HC|CA|SC|UT|FTT)[A-Za-z]{0,6}/\d{1,5}/\d{4}"
    r"|[A-Z][a-zž]{0,3}-\d{1,5}/\d{2}-\d{1,3}"  # Croatian courts
    r"|[IVX]{1,4} [A-Z][A-Za-z]{0,2} \d{1,5}/\d{2,4}"  # Polish courts
    r"|\d{7}-\d{2}\.\d{4}\.\d\.\d{2}\.\d{4})(?![\w/])"  # Brazilian courts
)


def _filed(text: str) -> bool:
    """Refuse dates, ranges of pages and numbers of versions."""
    digits = sum(map(str.isdigit, text))
    is_range = re.fullmatch(r"\d{1,3}[-.]\d{1,3}(?:\.\d{1,3}){0,2}", text) is not None
    return digits >= 3 and not is_range and (digits < 4 or _number(text))


_VIN = re.compile(r"(?<!\w)(?=[A-Z]{0,17}\d)[A-HJ-NPR-Z0-9]{17}(?!\w)")
_VIN_VALUES = {c: v for c, v in zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)}


def _vin(text: str) -> bool:
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(int(_VIN_VALUES.get(c, c)) * w for c, w in zip(text, weights, strict=True))
    return "0123456789X"[total % 11] == text[8] and len(set(text)) > 5


_LICENCE_HEAD = in_small(rf"(?<!\w)(?={_LICENCE})")
_PLATE_VALUE = r"(?P<v>(?-i:(?=[A-Z]{0,4}[ \-]?\d)[A-Z0-9]{1,4}(?:[ \-][A-Z0-9]{1,4}){1,2}))(?!\w)"
_PASSPORT_LINE = re.compile(
    r"(?<![A-Z0-9<])(?:P[A-Z<][A-Z]{3}[A-Z<]{20,39}|[A-Z0-9<]{9}\d[A-Z]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{2,16})"
)


RULES = (
    Rule(Kind.PASSPORT, _named(_PASSPORT, _SPACED), "passport number", 0.9, checked(_number), mark=DIGITS),
    Rule(Kind.PASSPORT, _PASSPORT_LINE, "machine-readable line of a passport", 0.95, hint="<"),
    Rule(
        Kind.RECORD, _named(_LICENCE, _SPACED), "licence or plate", 0.85, checked(_plate), head=_LICENCE_HEAD
    ),
    Rule(
        Kind.RECORD,
        _named(_LICENCE, _PLATE_VALUE),
        "licence or plate",
        0.85,
        checked(_plate),
        head=_LICENCE_HEAD,
    ),
    Rule(
        Kind.RECORD,
        _named(_RECORD, _VALUE),
        "a number in somebody's records",
        0.8,
        checked(_number),
        mark=DIGITS,
    ),
    Rule(Kind.RECORD, _COURT, "case number", 0.85, mark=DIGITS),
    Rule(Kind.RECORD, _FILED, "file number", 0.8, checked(_filed), mark=DIGITS),
    Rule(Kind.RECORD, _COURT_FORM, "case number", 0.85, mark=DIGITS),
    Rule(
        Kind.RECORD,
        _COURT_MORE,
        "case number",
        0.6,
        cue=re.compile(r"\d/\d\d|applications?|case", re.IGNORECASE),
        mark=DIGITS,
    ),
    Rule(Kind.RECORD, _VIN, "vehicle number", 0.9, checked(_vin), mark=DIGITS),
)


def detector() -> PatternDetector:
    """Make the detector of record numbers."""
    return PatternDetector(NAME, RULES)
