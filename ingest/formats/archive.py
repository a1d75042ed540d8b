"""ZIP-based files, opened under limits: a ZIP bomb ends in a SourceError, and no name points outside."""

from __future__ import annotations

import io
import re
import stat
import zipfile

from lxml import etree

from corpus.errors import SourceError

# The longest books seen have some thousand parts; each member costs memory before it is read.
MAX_MEMBERS = 10_000
# XML of this size is a book of ten thousand pages, and its tree takes about ten times as much memory.
MAX_PART = 64 * 2**20
MAX_TOTAL = 512 * 2**20
# Ten thousand equal table rows in a .docx measured 64; a bomb of zeros reaches deflate's ceiling of 1,032.
MAX_RATIO = 200
# Files that unpack to less than this harm nobody, whatever their ratio.
_SMALL = 16 * 2**20
_MEMBER_HEADER = b"PK\x01\x02"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# Word wraps an encrypted file into an old Office container that has a stream of this name.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
PROTECTED = "protected by a password; save it without one first."


class Archive:
    """A ZIP file's members by name; python-docx and others get at them through this class alone."""

    def __init__(self, data: bytes) -> None:
        refuse_protected(data)
        # Counted before zipfile makes an object of each; parts that are ZIP files themselves add a few.
        if data.count(_MEMBER_HEADER) > MAX_MEMBERS:
            raise SourceError(f"it holds more than {MAX_MEMBERS:,} files, which no document does.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile raises many types on broken files; each is the same verdict
            raise SourceError(f"not a readable ZIP file (damaged structure: {type(error).__name__}).") from None
        _check(self._zip.infolist(), len(data))
        # Links lead out of the archive, or nowhere: they are no members of it.
        self.names = frozenset(member.filename for member in self._zip.infolist() if not _is_link(member))

    def read(self, name: str) -> bytes:
        """The bytes of one member. Raises SourceError when it is absent, damaged or too large."""
        if name not in self.names:
            raise SourceError(f"its part {_shown(name)} is missing.")
        info = self._zip.getinfo(name)
        if info.file_size > MAX_PART:
            raise SourceError(f"its part {_shown(name)} is larger than {MAX_PART // 2**20} MB.")
        try:
            with self._zip.open(info) as member:
                # A size makes zipfile unpack no more than was stated; without one, a false statement fills the memory.
                return member.read(info.file_size + 1)
        except Exception as error:
            raise SourceError(f"its part {_shown(name)} is damaged ({type(error).__name__}).") from None

    def xml(self, name: str) -> etree._Element:
        """The root of an XML member. Raises SourceError when it is not well-formed."""
        try:
            return parse_xml(self.read(name))
        except etree.XMLSyntaxError as error:
            raise SourceError(f"its part {_shown(name)} is not well-formed XML (line {error.lineno}).") from None

    def copy_of_xml(self) -> io.BytesIO:
        """A new ZIP of the XML parts for a library that unpacks without limits; other parts are empty in it."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
            for name in sorted(self.names):
                copy.writestr(name, self.read(name) if name.lower().endswith((".xml", ".rels")) else b"")
        made.seek(0)
        return made


def refuse_protected(data: bytes) -> None:
    """Raises SourceError for a newer Office file that is encrypted with a password."""
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED_STREAM in data:
        raise SourceError(PROTECTED)


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML document, read without entities, network or huge trees."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _check(members: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        raise SourceError(f"it unpacks to more than {MAX_TOTAL // 2**20} MB; split it first.")
    # Of the whole file, whose size is known for sure; what a member states of its own may be false.
    if total > _SMALL and total > MAX_RATIO * size:
        raise SourceError(f"it unpacks to more than {MAX_RATIO} times its size, as a ZIP bomb does.")
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or re.match("[A-Za-z]:", path) or ".." in path.split("/"):
            raise SourceError(f"it names a path outside of itself: {_shown(member.filename)}.")
        if member.flag_bits & 0x1:
            raise SourceError(PROTECTED)
        # The other methods unpack without a limit, and no format that is read here allows them.
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceError(f"its part {_shown(member.filename)} is packed in a way that is not read here.")


def _is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _shown(name: str) -> str:
    return repr(name if len(name) <= 80 else name[:79] + "…")
