"""Load, decide and append with pyeventsourcing on a SQLite file.

Arguments: the file, how many aggregates, how many events each has at the start, an event as JSON.
A line on standard input asks for a round (each aggregate once); its seconds are told on standard output.
"""

import json
import os
import sys
import time

FILE, STREAMS, LENGTH, EVENT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4])
os.environ["PERSISTENCE_MODULE"] = "eventsourcing.sqlite"
os.environ["SQLITE_DBNAME"] = FILE

from eventsourcing.application import Application  # noqa: E402
from eventsourcing.domain import Aggregate, event  # noqa: E402


class Department(Aggregate):
    @event("Registered")
    def __init__(self, profile):
        self.profile = profile

    @event("ProfileChanged")
    def change(self, profile):
        self.profile = profile


class Departments(Application):
    pass


departments = Departments()
ids = []
for _ in range(STREAMS):
    department = Department(EVENT)
    for _ in range(LENGTH - 1):
        department.change(EVENT)
    departments.save(department)
    ids.append(department.id)
print("filled", flush=True)

for _ in sys.stdin:
    started = time.perf_counter()
    for id in ids:
        department = departments.repository.get(id)
        department.change(EVENT)
        departments.save(department)
    print(time.perf_counter() - started, flush=True)
