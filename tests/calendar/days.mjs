// Every day of 2010–2026 by the package chinese-days: `2026-10-10 1` if it is worked.
import chineseDays from 'chinese-days';

for (let day = new Date('2010-01-01T00:00:00Z'); day <= new Date('2026-12-31T00:00:00Z'); day.setUTCDate(day.getUTCDate() + 1)) {
  const date = day.toISOString().slice(0, 10);
  console.log(date, Number(chineseDays.isWorkday(date)));
}
