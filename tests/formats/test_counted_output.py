"""What is written is counted and hashed, whoever writes it."""

import hashlib
import io

from annotator.formats.counted_output import CountedOutput, CountedStream


def test_output_is_counted_over_all_files():
    output, first, second = CountedOutput(), io.BytesIO(), io.BytesIO()
    output.write(first, b"ab")
    output.write(second, b"c")
    assert (first.getvalue(), second.getvalue()) == (b"ab", b"c")
    assert (output.size, output.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


def test_a_stream_counts_what_a_library_writes_and_stays_open():
    output, target = CountedOutput(), io.BytesIO()
    stream = CountedStream(output, target)
    assert stream.write(b"ab") == 2
    stream.flush()
    stream.close()
    assert (target.getvalue(), output.size, stream.closed) == (b"ab", 2, False)
