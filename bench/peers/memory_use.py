"""Bytes of this process in memory, measured as bench/memory-use.ts does."""
import re
import resource
import sys


def memory_use():
    if not sys.platform.startswith("linux"):
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        return {"now": peak, "peak": peak}
    with open("/proc/self/status", encoding="ascii") as file:
        status = file.read()

    def bytes_of(name):
        return int(re.search(rf"^{name}:\s*(\d+) kB", status, re.MULTILINE).group(1)) * 1024

    return {"now": bytes_of("VmRSS"), "peak": bytes_of("VmHWM")}
