"""The child that parses: bytes come in on stdin, documents go out on stdout as JSON. It is trusted with nothing.

Each message is its length and then JSON. A file of images takes minutes: after each page that was read from one goes
`{"page": 3, "pages": 84}`, and last of all the answer.
"""

from __future__ import annotations

import contextlib
import json
import struct
import sys
from typing import BinaryIO

from pydantic import TypeAdapter

from corpus.errors import SourceError
from ingest.formats import ocr
from ingest.formats.detect import read
from ingest.formats.raw import Parsed, RawSource, Reading

LENGTH = struct.Struct(">Q")
PARSED = TypeAdapter(Parsed)
READING = TypeAdapter(Reading)


def main(memory: int, seconds: int, answer: int) -> None:
    """Answer requests until stdin ends; limits are in bytes, seconds of processor time a request, and bytes."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    _limit_memory(memory)

    def alive(page: int, pages: int) -> None:
        _limit_time(seconds)
        _send(answers, json.dumps({"page": page, "pages": pages}).encode())

    ocr.on_page.set(alive)
    while header := requests.read(LENGTH.size):
        head = json.loads(requests.read(LENGTH.unpack(header)[0]))
        raw = RawSource(head["source"], requests.read(head["size"]), READING.validate_python(head["reading"]))
        _limit_time(seconds)
        _send(answers, _answer(raw, answer))


def _answer(raw: RawSource, limit: int) -> bytes:
    """The documents, or the reason why there are none, as JSON."""
    try:
        found = b'{"parsed": ' + PARSED.dump_json(read(raw)) + b"}"
    except SourceError as error:
        return json.dumps({"error": str(error)}).encode()
    except MemoryError:
        return b'{"error": "it needs more memory than a parser is given."}'
    except Exception as error:  # a fault of a parser is that source's verdict
        reason = f"could not be read ({type(error).__name__}: {str(error)[:200]})."
        return json.dumps({"error": reason}).encode()
    if len(found) > limit:
        return json.dumps({"error": f"it holds more than {limit // 2**20} MB of text."}).encode()
    return found


def _send(stream: BinaryIO, answer: bytes) -> None:
    stream.write(LENGTH.pack(len(answer)) + answer)
    stream.flush()


def _limit_memory(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has these limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a parser has nothing to write
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(usage.ru_utime + usage.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
