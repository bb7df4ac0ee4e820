"""Taking out of a recording what phones write beside the sound: where it was made, by whom, on which device."""

import struct

_INSIDE = (b"moov", b"trak", b"mdia")
_REMARKS = (b"udta", b"meta", b"uuid")
_DEEPEST = len(_INSIDE)


def without_remarks(media_type: str, data: bytes) -> bytes:
    """Return a recording without the remarks of its container; its length in an MP4 stays, for offsets point into it."""
    if media_type == "audio/mp4":
        plain = bytearray(data)
        _blank_boxes(plain, 0, len(plain), 0)
        return bytes(plain)
    if media_type == "audio/mpeg":
        return _without_id3(data)
    return data


def _blank_boxes(data: bytearray, start: int, end: int, depth: int) -> None:
    """Turn the boxes that hold remarks into free space."""
    while start + 8 <= end:
        size, name = struct.unpack(">I4s", data[start : start + 8])
        if size == 0:  # up to the end
            size = end - start
        if (
            size < 8 or start + size > end
        ):  # a box of 64 bits holds sound, and whatever else it holds is not walked
            return
        if name in _INSIDE and depth < _DEEPEST:
            _blank_boxes(data, start + 8, start + size, depth + 1)
        elif name in _REMARKS:
            data[start + 4 : start + 8] = b"free"
            data[start + 8 : start + size] = bytes(size - 8)
        start += size


def _without_id3(data: bytes) -> bytes:
    if data[:3] == b"ID3" and len(data) > 10:
        length = 0
        for byte in data[6:10]:
            length = length << 7 | byte & 0x7F
        data = data[10 + length :] or data
    return data[:-128] if data[-128:-125] == b"TAG" else data
