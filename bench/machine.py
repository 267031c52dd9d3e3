"""What a measurement was made on, and when: the line under each table's title."""

import os
import platform
from datetime import UTC, datetime


def words() -> str:
    """Python, processor, cores, how busy they were, and the day."""
    busy = os.getloadavg()[0]
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    return f"{machine}, load {busy:.1f}, {datetime.now(UTC):%d %B %Y}"
