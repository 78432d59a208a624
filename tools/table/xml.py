"""XML in packed files, read as a stream: no tree is built, and what makes no progress is refused."""

import contextlib
import io
import zipfile
import zlib
from xml.parsers import expat

from .cells import MEGABYTE, TableError, TableTooLarge

ZIP = b"PK\x03\x04"  # how XLSX and ODS files begin
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others may ask for any memory
CHUNK = 64 * 1024
DEPTH_LIMIT = 100
TOKEN_LIMIT = MEGABYTE  # bytes of one tag, attribute or comment
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    KeyError,
    IndexError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
)


@contextlib.contextmanager
def open_archive(content):
    """Open a packed file.

    :param bytes content: the file
    :return: a context manager of its ``zipfile.ZipFile``
    :raise TableError: when it, or what is read of it inside, is damaged
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except TableError:
        raise
    except DAMAGES as error:
        raise TableError(str(error)) from error


class Parts:
    """The parts of a packed file, within the limits of a table.

    :param archive: the ``zipfile.ZipFile``
    :param limits: the :class:`~.cells.Limits`
    """

    def __init__(self, archive, limits):
        self.archive, self.unpacked, self.steps = archive, limits.unpacked, limits.steps
        self.seen = set()

    def __contains__(self, part):
        return part in self.archive.NameToInfo

    def parse(self, part, handler):
        """Hand a part over to a handler.

        :param str part: its name in the file
        :param handler: has ``start(name, attributes)``, ``end(name)`` and ``text(data)``; names are without namespace
        :raise TableTooLarge: at the first limit
        :raise TableError: for what no office program writes
        """
        info = self.archive.getinfo(part)
        self.unpacked -= info.file_size if part not in self.seen else 0
        self.seen.add(part)
        if self.unpacked < 0:
            raise TableTooLarge("unpacked")
        if info.compress_type not in PACKINGS:
            raise TableError(f"{part} is packed in a way that is not read")
        parser = self._make_parser(handler)
        read = 0
        with self.archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                read += len(chunk)
                parser.Parse(chunk)
                if read - parser.CurrentByteIndex > TOKEN_LIMIT:
                    raise TableTooLarge("length")
        parser.Parse(b"", True)

    def _make_parser(self, handler):
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        # No office program writes a document type, and one could define entities that grow without end.
        parser.StartDoctypeDeclHandler = _refuse
        names, depth = {}, 0

        def start(name, attributes):
            nonlocal depth
            depth += 1
            self.steps -= 1
            if self.steps < 0 or depth > DEPTH_LIMIT:
                raise TableTooLarge("cells")
            if name not in names:
                names[name] = _cut(name)
            handler.start(names[name], attributes)

        def end(name):
            nonlocal depth
            depth -= 1
            handler.end(names[name])

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = handler.text
        return parser


def cut_names(attributes):
    """Return attributes by their names without namespace."""
    return {_cut(name): value for name, value in attributes.items()}


def _cut(name):
    return name.rpartition(" ")[2]


def _refuse(*_args):
    raise TableError("a document type")
