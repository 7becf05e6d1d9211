"""Run the command line in a cage of the kernel's: any socket but one inside this machine ends the process at once.

``python -m tests.caged WORD …`` is ``python -m voice WORD …`` under a seccomp filter (Linux, x86-64 and arm64) that
kills the process with SIGSYS at ``socket(family, …)`` for every family but ``AF_UNIX``. Unlike a hook in Python it
holds for native code and for processes that are started, and nothing can lift it again.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
"""Number of the system call ``socket`` (asm/unistd.h)."""
AF_UNIX = 1
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
"""``prctl`` options and the mode of seccomp (linux/prctl.h, linux/seccomp.h)."""
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
"""Instructions of the Berkeley packet filter (linux/bpf_common.h)."""
KILL, ALLOW = 0x8000_0000, 0x7FFF_0000
NUMBER_AT, FAMILY_AT = 0, 16
"""Where ``struct seccomp_data`` holds the call's number and the low half of its first argument."""


def shut(call: int) -> None:
    """Put this process, and all that it starts, into the cage; raises OSError where the kernel has none."""
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (LOAD, 0, 0, NUMBER_AT),
            (EQUAL, 0, 3, call),
            (LOAD, 0, 0, FAMILY_AT),
            (EQUAL, 1, 0, AF_UNIX),
            (RETURN, 0, 0, KILL),
            (RETURN, 0, 0, ALLOW),
        )
    )
    steps = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(SECCOMP, FILTER, header):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of system calls")


if __name__ == "__main__":
    shut(SOCKET_CALL[platform.machine()])
    if sys.argv[1] == "-c":
        exec(sys.argv[2])  # noqa: S102 -- what the test itself wrote
        sys.exit(0)
    from voice.cli import main

    sys.exit(main(sys.argv[1:]))
