"""Documents as other programs write them, made for a test."""

import zipfile
from itertools import pairwise
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from fpdf import FPDF


def pdf(path: Path, pages: list[str], password: str = "") -> Path:
    """Write a PDF with a page for each text; an empty text leaves a page with a drawing alone."""
    paper = FPDF()
    paper.set_font("Helvetica", size=11)
    for text in pages:
        paper.add_page()
        if text:
            paper.multi_cell(0, 6, text)
        else:
            paper.rect(20, 20, 100, 100, style="F")
    if password:
        paper.set_encryption(owner_password="owner", user_password=password)
    paper.output(str(path))
    return path


def word(path: Path) -> Path:
    """Write a Word document with a heading, a table and two pages as Word notes them."""
    paper = docx.Document()
    paper.add_heading("Lease of the mill", 1)
    paper.add_paragraph("The rent is due on the first day of each month.")
    table = paper.add_table(3, 2)
    for place, text in enumerate(("Room", "Rent", "Kitchen", "310 euros", "Attic", "95 euros")):
        table.cell(place // 2, place % 2).text = text
    later = paper.add_paragraph("")
    run = later.add_run("")
    run._r.append(OxmlElement("w:lastRenderedPageBreak"))
    later.add_run("Pets are allowed in the garden only.")
    paper.save(str(path))
    return path


def bomb(path: Path, size: int) -> Path:
    """Write a small docx that is big when unpacked."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * size)
    return path


LAUGHS = """<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">{}]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&z;</w:t>
</w:r></w:p></w:body></w:document>"""


def laughing(path: Path, whole: Path) -> Path:
    """Write a docx whose text is an entity that grows without end."""
    names = "abcdefghijkz"
    entities = "".join(f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in pairwise(names))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as packed:
        for each in source.infolist():
            data = source.read(each)
            packed.writestr(each, LAUGHS.format(entities) if each.filename == "word/document.xml" else data)
    return path
