"""Files read without waiting and without surprises: regular files only, errors in Vietnamese.

Comes in: the path of a file. Goes out: its bytes, or an OSError; and what such an error means.
A pipe that somebody named `source.txt` would keep a reader waiting for ever.
"""

from __future__ import annotations

import errno
import os
import stat

_MEANINGS = {
    errno.EACCES: "không có quyền đọc hoặc ghi",
    errno.EPERM: "không có quyền đọc hoặc ghi",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã dùng hết phần đĩa được cấp",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.EIO: "đĩa hoặc mạng bị lỗi",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết vòng quanh",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.ENFILE: "mở quá nhiều tệp cùng lúc",
    errno.ETXTBSY: "tệp đang được dùng",
    errno.EBUSY: "tệp đang được dùng",
    errno.EFBIG: "tệp quá lớn",
}
NOT_REGULAR = "đây không phải tệp thường (ống dẫn, thiết bị hoặc thư mục)"


def read_file(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """Read a regular file; at most one byte more than `most`, so that its length still tells.

    Raises OSError, for a pipe, a device or a folder too; never waits for a writer.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, NOT_REGULAR, str(path))
    with open(descriptor, "rb", buffering=0) as stream:
        if most is None:
            return stream.readall()
        parts = []
        missing = most + 1
        while missing and (part := stream.read(missing)):
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


def read_lines(path: str | os.PathLike[str]) -> bytes:
    """Read a file of text as it is published, see `with_unix_ends`."""
    with open(path, "rb", buffering=0) as stream:
        return with_unix_ends(stream.readall())


def with_unix_ends(content: bytes) -> bytes:
    r"""Return a text whose lines end as git keeps them, whichever editor saved it.

    Notepad writes other ends into every line; that changes no word, and is no news.

    >>> with_unix_ends(b"a\r\nb")
    b'a\nb'
    """
    return content.replace(b"\r\n", b"\n")


_BINARY = getattr(os, "O_BINARY", 0)
"""Windows opens files as text otherwise."""


def explain_os_error(error: OSError) -> str:
    """Say in Vietnamese why the system did not open, read or write a file.

    >>> explain_os_error(PermissionError(13, "Permission denied"))
    'không có quyền đọc hoặc ghi'
    """
    return _MEANINGS.get(error.errno or 0) or error.strerror or "lỗi của hệ thống"
