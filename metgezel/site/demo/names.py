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


SYRIAN = Family(
    "SYR", "ar",
    (("Amal", "أمل"), ("Rima", "ريما"), ("Huda", "هدى"), ("Salma", "سلمى"), ("Lina", "لينا"),
     ("Nour", "نور"), ("Rasha", "رشا"), ("Hala", "هالة")),
    (("Omar", "عمر"), ("Khaled", "خالد"), ("Yousef", "يوسف"), ("Samir", "سمير"),
     ("Bassam", "بسام"), ("Ziad", "زياد"), ("Nabil", "نبيل")),
    (("Haddad", "حداد"), ("Khoury", "خوري"), ("Najjar", "نجار"), ("Saleh", "صالح"),
     ("Hamdan", "حمدان"), ("Darwish", "درويش"), ("Masri", "مصري")),
)  # fmt: skip
ERITREAN = Family(
    "ERI", "ti",
    (("Selam", "ሰላም"), ("Abeba", "ኣበባ"), ("Senait", "ሰናይት"), ("Luam", "ልዋም"),
     ("Rahwa", "ራህዋ"), ("Feven", "ፌቨን"), ("Saba", "ሳባ")),
    (("Tesfay", "ተስፋይ"), ("Girmay", "ግርማይ"), ("Yonas", "ዮናስ"), ("Dawit", "ዳዊት"),
     ("Filmon", "ፊልሞን"), ("Robel", "ሮቤል"), ("Kidane", "ኪዳነ")),
    (("Haile", "ሃይለ"), ("Berhe", "በርሀ"), ("Gebre", "ገብረ"), ("Tekle", "ተክለ"),
     ("Hagos", "ሓጎስ"), ("Weldu", "ወልዱ"), ("Abraha", "ኣብርሃ")),
)  # fmt: skip
AFGHAN = Family(
    "AFG", "fa",
    (("Zahra", "زهرا"), ("Laila", "لیلا"), ("Shabnam", "شبنم"), ("Mina", "مینا"),
     ("Parwana", "پروانه"), ("Freshta", "فرشته"), ("Nargis", "نرگس")),
    (("Ahmad", "احمد"), ("Farid", "فرید"), ("Najib", "نجیب"), ("Reza", "رضا"),
     ("Jawad", "جواد"), ("Habib", "حبیب"), ("Mirwais", "میرویس")),
    (("Rahimi", "رحیمی"), ("Karimi", "کریمی"), ("Amiri", "امیری"), ("Nazari", "نظری"),
     ("Yusufi", "یوسفی"), ("Sultani", "سلطانی"), ("Hashimi", "هاشمی")),
)  # fmt: skip
TURKISH = Family(
    "TUR", "tr",
    (("Ayşe", ""), ("Elif", ""), ("Zeynep", ""), ("Gül", ""), ("Derya", "")),
    (("Mehmet", ""), ("Can", ""), ("Emre", ""), ("Serkan", ""), ("Ömer", "")),
    (("Yılmaz", ""), ("Demir", ""), ("Kaya", ""), ("Çelik", ""), ("Şahin", "")),
)  # fmt: skip
UKRAINIAN = Family(
    "UKR", "uk",
    (("Olena", "Олена"), ("Iryna", "Ірина"), ("Kateryna", "Катерина"), ("Oksana", "Оксана"),
     ("Daryna", "Дарина")),
    (("Andrii", "Андрій"), ("Oleh", "Олег"), ("Taras", "Тарас"), ("Maksym", "Максим")),
    (("Shevchuk", "Шевчук"), ("Melnyk", "Мельник"), ("Bondar", "Бондар"), ("Tkach", "Ткач"),
     ("Koval", "Коваль")),
)  # fmt: skip
SOMALI = Family(
    "SOM", "so",
    (("Hodan", ""), ("Ifrah", ""), ("Sahra", ""), ("Fartun", ""), ("Ayaan", "")),
    (("Abdi", ""), ("Liban", ""), ("Warsame", ""), ("Guled", ""), ("Bashiir", "")),
    (("Farah", ""), ("Jama", ""), ("Hersi", ""), ("Nuur", ""), ("Samatar", "")),
)  # fmt: skip
SUDANESE = Family(
    "SDN", "ar",
    (("Nada", "ندى"), ("Amna", "آمنة"), ("Ikhlas", "إخلاص"), ("Rania", "رانيا")),
    (("Hassan", "حسن"), ("Idris", "إدريس"), ("Mubarak", "مبارك"), ("Taha", "طه")),
    (("Bashir", "بشير"), ("Osman", "عثمان"), ("Babiker", "بابكر"), ("Elamin", "الأمين")),
)  # fmt: skip
FAMILIES = (SYRIAN, ERITREAN, AFGHAN, TURKISH, UKRAINIAN, SOMALI, SUDANESE)


def name_of(
    family: Family, woman: bool, random: Random, last: Pair | None = None
) -> tuple[str, str, str]:
    """Given name, family name, and both in the family's own script (or nothing)."""
    first = random.choice(family.women if woman else family.men)
    last = last or random.choice(family.last)
    return first[0], last[0], f"{first[1]} {last[1]}".strip() if first[1] else ""
