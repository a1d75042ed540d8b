"""PDFs put together object by object, as no honest program writes them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F 12 Tf 40 700 Td (The library opened new rooms for everyone.) Tj ET"


def assembled(objects: Mapping[int, bytes], root: int = 1) -> bytes:
    """A file of these numbered objects with a right table of contents."""
    made = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        made += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    return bytes(made + b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, root, table))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object of these bytes."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def page_objects(page: bytes = b"", pages: bytes = b"/Kids [3 0 R] /Count 1", content: bytes = b"") -> dict[int, bytes]:
    """Objects 1 to 5: catalogue, page tree, one page, its content and a font; entries put in replace the usual ones."""
    box = b"" if b"/MediaBox" in page else b"/MediaBox [0 0 595 842]"
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages %s >>" % pages,
        3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> %s %s >>" % (box, page),
        4: content or stream(WORDS),
        5: _FONT,
    }


def many_pages(count: int) -> bytes:
    """A file with so many pages that are one and the same."""
    return assembled(page_objects(pages=b"/Kids [%s] /Count %d" % (b"3 0 R " * count, count)))


def false_count(count: int) -> bytes:
    """A file of one page that says it has so many."""
    return assembled(page_objects(pages=b"/Kids [3 0 R] /Count %d" % count))


def self_containing() -> bytes:
    """A page tree that is its own child."""
    return assembled(page_objects(pages=b"/Kids [2 0 R 3 0 R] /Count 2"))


def deep_tree(depth: int) -> bytes:
    """A page tree of so many levels with one page at its end."""
    objects = page_objects(pages=b"/Kids [10 0 R] /Count 1")
    for level in range(depth):
        objects[10 + level] = b"<< /Type /Pages /Parent 2 0 R /Kids [%d 0 R] /Count 1 >>" % (11 + level)
    objects[10 + depth] = objects[3]
    return assembled(objects)


def with_outline(items: Mapping[int, bytes]) -> bytes:
    """A file whose outline begins with object 20."""
    objects = page_objects()
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    objects[6] = b"<< /Type /Outlines /First 20 0 R /Last 20 0 R /Count 1 >>"
    return assembled({**objects, **items})


def endless_outline() -> bytes:
    """An outline whose entry is followed by itself."""
    return with_outline({20: b"<< /Title (Rooms) /Parent 6 0 R /Dest [3 0 R /Fit] /Next 20 0 R >>"})


def deep_outline(depth: int) -> bytes:
    """An outline of so many levels."""
    entry = b"<< /Title (Rooms) /Parent 6 0 R /Dest [3 0 R /Fit] /First %d 0 R /Last %d 0 R >>"
    return with_outline({20 + level: entry % (21 + level, 21 + level) for level in range(depth)})


def swollen_content(size: int) -> bytes:
    """Content that is packed twice and unpacks to so many bytes."""
    packed = zlib.compress(zlib.compress(b" " * size, 9), 9)
    return assembled(page_objects(content=stream(packed, b"/Filter [/FlateDecode /FlateDecode]")))


def swollen_object_stream(size: int) -> bytes:
    """A stream of objects that unpacks to so many bytes, and holds the page tree."""
    plain = b"2 0 << /Type /Pages /Kids [3 0 R] /Count 1 >>" + b" " * size
    objects = page_objects()
    del objects[2]
    objects[6] = stream(zlib.compress(plain, 9), b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    made = bytearray(b"%PDF-1.7\n")
    rows = {0: (0, 0, 65535), 2: (2, 6, 0)}
    for number, body in sorted(objects.items()):
        rows[number] = (1, len(made), 0)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows[7] = (1, len(made), 0)
    table = b"".join(
        k.to_bytes(1, "big") + a.to_bytes(4, "big") + b.to_bytes(2, "big") for _, (k, a, b) in sorted(rows.items())
    )
    start = len(made)
    made += b"7 0 obj\n%s\nendobj\n" % stream(table, b"/Type /XRef /Size 8 /W [1 4 2] /Root 1 0 R")
    return bytes(made + b"startxref\n%d\n%%%%EOF" % start)


def image_of(width: int, height: int, page: bytes = b"") -> bytes:
    """A page that shows nothing but a white image which says that it is so large."""
    objects = page_objects(
        page or b"/Resources << /XObject << /I 6 0 R >> >>", content=stream(b"595 0 0 842 0 0 cm /I Do")
    )
    objects[3] = objects[3].replace(b"/Resources << /Font << /F 5 0 R >> >> ", b"")
    white = zlib.compress(b"\xff" * min(width * height // 8, 50_000_000), 9)
    entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
    objects[6] = stream(white, entries % (width, height) + b"/Filter /FlateDecode")
    return assembled(objects)


def media_box(size: bytes) -> bytes:
    """A page of one black line that says it has this media box."""
    return assembled(page_objects(b"/MediaBox [0 0 %s]" % size, content=stream(b"10 10 m 200 200 l S")))
