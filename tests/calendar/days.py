"""Every day of 2010-2026 by the package chinesecalendar: `2026-10-10 1` if it is worked."""
from datetime import date, timedelta

from chinese_calendar import is_workday

day = date(2010, 1, 1)
while day <= date(2026, 12, 31):
    print(day, int(is_workday(day)))
    day += timedelta(days=1)
