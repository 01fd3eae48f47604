import pytest
from tables import found, hides

from app.privacy.detectors import income
from app.privacy.types import Kind

DETECTOR = income.detector()
HITS = [
    ("I earn 71k and want to negotiate", "71k"),
    ("my salary is 139,500", "139,500"),
    ("I owe 8,400 euros to the tax office", "8,400 euros"),
    ("they paid me 3,900 a month", "3,900"),
    ("my offer is 88k plus options", "88k"),
    ("My base went from $92,000 to $101,500 last year", "$92,000"),
    ("My base went from $92,000 to $101,500 last year", "$101,500"),
    ("I make 17 dollars an hour at the bakery", "17 dollars"),
    ("we have 26k in savings", "26k"),
    ("I'm 37k in debt", "37k"),
    ("I still have £19,250 of student loans", "£19,250"),
    ("I'm on 43k a year", "43k"),
    ("my wife earns 2 800 € a month", "2 800 €"),
    ("I was offered a salary of 97,000", "97,000"),
    ("I get paid 21.50 an hour", "21.50"),
    ("our mortgage is 312,000 pounds", "312,000 pounds"),
    ("I earn sixty-four thousand", "sixty-four thousand"),
    ("Current salary: 83,000", "83,000"),
    ("household income: $146,000", "$146,000"),
    ("my brother lent me 5 grand", "5 grand"),
    ("Ich verdiene 3.850 Euro netto", "3.850 Euro"),
    ("mein Bruttogehalt beträgt 58.000 €", "58.000 €"),
    ("je gagne 2 150 € par mois", "2 150 €"),
    ("mi sueldo es de 1.740 euros", "1.740 euros"),
    ("guadagno 1.620 euro al mese", "1.620 euro"),
    ("mijn salaris is 3.300 euro", "3.300 euro"),
    ("zarabiam 7400 zł miesięcznie", "7400 zł"),
    ("meu salário é R$ 4.300", "R$ 4.300"),
    ("I inherited 140,000 from my aunt", "140,000"),
    ("I make 5200 a month before taxes", "5200"),
]
MISSES = [
    "a laptop for 900 dollars", "my laptop cost 1,200 euros", "I bought it for $350", "The average salary is 62k",
    "If Ann earns 12 dollars an hour, how much does she earn in 8 hours?", "Tom owes Jane $40. He pays back $15.",
    "The CEO earned $14 million last year", "inflation raised prices by 4 %", "My raise was 5%", "I make 300 cookies a day",
    "I earn 500 points per game", "my salary in 2019", "Apple paid 3 billion dollars for Beats", "The minimum wage is $15 an hour",
    "I get paid for 40 hours", "I paid 60 euros for a ticket", "my pay is late by 2 weeks", "we made 250 units", "I saved 120 files",
    "What is a good budget for a trip of 2,000 dollars?", "the bank lent the firm 2 million", "I owe you one", "my income tax form",
    "our loan policy of 2019", "I am on 3 teams", "version 1.200.000 of my payroll program", "My rent is 1,400", "I owe my life to 3 nurses",
    "I have 300 photos in the bank folder", "my net has 12000 nodes",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_what_somebody_earns_owes_or_has_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.INCOME)


@pytest.mark.parametrize("text", MISSES)
def test_other_sums_and_counts_are_no_income(text: str) -> None:
    assert not found(DETECTOR, text)
