"""Makes a large capture of a small one: its connections again and again, between other addresses.

    python bench/multiply.py SMALL.pcap LARGE.pcap OCTETS

Each copy has addresses of its own in 127.0.0.0/8 and comes after the one before, so that all
connections stay distinct. Only pcap files of Ethernet frames with IPv4 are taken, as tcpdump writes them on `lo`.
"""

import struct
import sys
from pathlib import Path

FILE_HEADER, RECORD_HEADER, ETHERNET = 24, 16, 14


def multiply(small, large, octets):
    data = Path(small).read_bytes()
    if data[:4] != struct.pack("<I", 0xA1B2C3D4) or struct.unpack_from("<I", data, 20)[0] != 1:
        sys.exit(f"{small} is no pcap file of Ethernet frames in microseconds")
    body = bytearray(data[FILE_HEADER:])
    records = []
    at = 0
    while at < len(body):
        seconds, _, captured, _ = struct.unpack_from("<IIII", body, at)
        records.append((at, seconds))
        at += RECORD_HEADER + captured
    lasts = records[-1][1] - records[0][1] + 1
    with open(large, "wb") as out:
        out.write(data[:FILE_HEADER])
        written, copy = FILE_HEADER, 0
        while written < octets:
            address = bytes([127, 1 + copy // 250, 1 + copy % 250, 1])
            shift = copy * lasts
            for at, seconds in records:
                struct.pack_into("<I", body, at, seconds + shift)
                ip = at + RECORD_HEADER + ETHERNET
                body[ip + 12:ip + 16] = address
                body[ip + 16:ip + 20] = address
            out.write(body)
            written += len(body)
            copy += 1
    return copy * len(records)


if __name__ == "__main__":
    print(multiply(sys.argv[1], sys.argv[2], int(sys.argv[3])), "packets")
