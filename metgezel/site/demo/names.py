"""Invented names per language family: common first and family names, combined at random.

Each entry is (Latin letters, own script); the own script is empty where it is the same.
"""

from dataclasses import dataclass
from random import Random

Pair = tuple[str, str]


@dataclass(frozen=True)
class Family:
    """Names and language of people who share one."""

    nationality: str
    language: str
    women: tuple[Pair, ...]
    men: tuple[Pair, ...]
    last: tuple[Pair, ...]


FAMILIES = (
    Family(
        "SYR", "ar",
        (("Amal", "أمل"), ("Rima", "ريما"), ("Huda", "هدى"), ("Salma", "سلمى"), ("Lina", "لينا")),
        (("Omar", "عمر"), ("Khaled", "خالد"), ("Yousef", "يوسف"), ("Samir", "سمير")),
        (("Haddad", "حداد"), ("Khoury", "خوري"), ("Najjar", "نجار"), ("Saleh", "صالح")),
    ),
    Family(
        "ERI", "ti",
        (("Selam", "ሰላም"), ("Abeba", "ኣበባ"), ("Senait", "ሰናይት"), ("Luam", "ልዋም")),
        (("Tesfay", "ተስፋይ"), ("Girmay", "ግርማይ"), ("Yonas", "ዮናስ"), ("Dawit", "ዳዊት")),
        (("Haile", "ሃይለ"), ("Berhe", "በርሀ"), ("Gebre", "ገብረ"), ("Tekle", "ተክለ")),
    ),
    Family(
        "AFG", "fa",
        (("Zahra", "زهرا"), ("Laila", "لیلا"), ("Shabnam", "شبنم"), ("Mina", "مینا")),
        (("Ahmad", "احمد"), ("Farid", "فرید"), ("Najib", "نجیب"), ("Reza", "رضا")),
        (("Rahimi", "رحیمی"), ("Karimi", "کریمی"), ("Amiri", "امیری"), ("Nazari", "نظری")),
    ),
    Family(
        "TUR", "tr",
        (("Ayşe", ""), ("Elif", ""), ("Zeynep", "")), (("Mehmet", ""), ("Can", ""), ("Emre", "")),
        (("Yılmaz", ""), ("Demir", ""), ("Kaya", "")),
    ),
    Family(
        "UKR", "uk",
        (("Olena", "Олена"), ("Iryna", "Ірина"), ("Kateryna", "Катерина")),
        (("Andrii", "Андрій"), ("Oleh", "Олег"), ("Taras", "Тарас")),
        (("Shevchuk", "Шевчук"), ("Melnyk", "Мельник"), ("Bondar", "Бондар")),
    ),
    Family(
        "SOM", "so",
        (("Hodan", ""), ("Ifrah", ""), ("Sahra", "")),
        (("Abdi", ""), ("Liban", ""), ("Warsame", "")),
        (("Farah", ""), ("Jama", ""), ("Hersi", "")),
    ),
    Family(
        "SDN", "ar",
        (("Nada", "ندى"), ("Amna", "آمنة")), (("Hassan", "حسن"), ("Idris", "إدريس")),
        (("Bashir", "بشير"), ("Osman", "عثمان")),
    ),
)  # fmt: skip


def name_of(family: Family, woman: bool, random: Random) -> tuple[str, str, str]:
    """Given name, family name, and both in the family's own script (or nothing)."""
    first = random.choice(family.women if woman else family.men)
    last = random.choice(family.last)
    return first[0], last[0], f"{first[1]} {last[1]}".strip() if first[1] else ""
