"""Runs a command in a root folder as on a machine of its own: the folder is the whole root, and the first process there.

usage: unshare --mount --propagation private --pid --fork --kill-child python3 as_machine.py ROOT COMMAND...
systemd's mark is there; `systemctl` is whatever the root has. The mounts end with the command.
"""
import ctypes
import os
import sys

libc = ctypes.CDLL(None, use_errno=True)
MS_BIND, MS_REC, MNT_DETACH = 0x1000, 0x4000, 2
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}[os.uname().machine]


def check(result):
    if result != 0:
        number = ctypes.get_errno()
        sys.exit(f"as_machine.py: {os.strerror(number)}")


def mount(source, target, kind=None, flags=0):
    encode = lambda text: text.encode() if text else None
    check(libc.mount(encode(source), encode(target), encode(kind), flags, None))


root, command = sys.argv[1], sys.argv[2:]
mount(root, root, None, MS_BIND)
os.chdir(root)
for folder in ("sys", "dev"):
    mount("/" + folder, root + "/" + folder, None, MS_BIND | MS_REC)
mount("proc", root + "/proc", "proc")
mount("tmpfs", root + "/run", "tmpfs")
os.makedirs(root + "/run/systemd/system")
check(libc.syscall(SYS_PIVOT_ROOT, b".", b"."))
check(libc.umount2(b".", MNT_DETACH))
os.chdir("/")
os.execvp(command[0], command)
