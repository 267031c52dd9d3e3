"""One command of ours, and at its end what it cost: this process, and the reading child apart.

python -m bench.load_cost REPORT WORDS...
"""

import atexit
import json
import resource
import sys
from pathlib import Path

from commands import program


def main() -> None:
    """Run `manage.py WORDS...`, and leave seconds of CPU and peak memory in the report."""
    report, *words = sys.argv[1:]
    atexit.register(_report, Path(report))
    sys.argv = ["manage.py", *words]
    program.main()


def _report(path: Path) -> None:
    costs = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = [(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024) for used in costs]
    path.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
