"""Fills new books with invented cases by plain SQL: the shape of ten years of a town, not its meaning.

Of every 20,000 cases (and of any smaller number) 50 are with one coordinator, 5 % are open at a window, the rest have
ended. Each case has two people, two concerns, a referral without an answer and two entries of its progress record;
each entry has an act of its own.
The flow is not asked: what is measured is how reading and writing bear the number of rows.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

TODAY = "2026-11-24"
WITH_COORDINATOR = 50
CASES_OF_ONE_COORDINATOR = 20_000

WORLD = """
CREATE TEMP TABLE family (i INTEGER PRIMARY KEY, name TEXT, kana TEXT);
INSERT INTO family VALUES (0, '佐藤', 'さとう'), (1, '鈴木', 'すずき'), (2, '高橋', 'たかはし'), (3, '田中', 'たなか'),
  (4, '渡辺', 'わたなべ'), (5, '山本', 'やまもと'), (6, '中村', 'なかむら'), (7, '小林', 'こばやし'),
  (8, '加藤', 'かとう'), (9, '吉田', 'よしだ'), (10, '斎藤', 'さいとう');
CREATE TEMP TABLE given (i INTEGER PRIMARY KEY, name TEXT, kana TEXT);
INSERT INTO given VALUES (0, '英二', 'えいじ'), (1, '和子', 'かずこ'), (2, '健', 'たけし'), (3, '明美', 'あけみ'),
  (4, '節子', 'せつこ'), (5, '誠', 'まこと'), (6, '由美', 'ゆみ');
CREATE TEMP TABLE place (i INTEGER PRIMARY KEY, code TEXT);
INSERT INTO place VALUES (0, 'csw'), (1, 'kurashi-shigoto'), (2, 'korei-sogo'), (3, 'kodomo-katei'), (4, 'seikatsu');
CREATE TEMP TABLE trouble (i INTEGER PRIMARY KEY, code TEXT);
INSERT INTO trouble VALUES (0, 'care'), (1, 'job'), (2, 'rent'), (3, 'withdrawal'), (4, 'debt'), (5, 'health');

-- `i` counts the cases, `at` is where one stands: 0 with a coordinator, 1 open at a window, 2 ended
CREATE TEMP TABLE one AS
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :cases)
SELECT i, 2017 + i % 10 AS year, i / 10 + 1 AS ordinal,
       date((2017 + i % 10) || '-04-01', '+' || (i * 7 % 230) || ' days') AS opened,
       date((2017 + i % 10) || '-04-01', '+' || (i * 7 % 230 + 5) || ' days') AS later,
       CASE WHEN i < :coordinated THEN 0 WHEN i % 20 = 7 THEN 1 ELSE 2 END AS at,
       printf('k%02d', i / 50) AS coordinator, (SELECT code FROM place WHERE place.i = n.i % 5) AS window
FROM n;

INSERT INTO staff (code, name, office, role)
SELECT DISTINCT coordinator, '青木', '福祉総務課', 'coordinator' FROM one WHERE at = 0;
INSERT INTO household (id, address, phone) SELECT i + 1, '架空町' || (i % 9 + 1) || '丁目', NULL FROM one;
INSERT INTO case_file (id, number, fiscal_year, ordinal, opened_on, origin, window_code, channel, household_id, stage,
                       coordinator, ended_on, last_contact_on, last_contact_method, next_due_on, next_due_kind,
                       next_due_what)
SELECT i + 1, year || '-' || printf('%04d', ordinal), year, ordinal, opened, 'intake', window, 'self', i + 1,
       CASE at WHEN 0 THEN 'complex' WHEN 1 THEN 'received' ELSE 'closed' END, CASE at WHEN 0 THEN coordinator END,
       CASE at WHEN 2 THEN later END, later, 'visit',
       CASE WHEN at < 2 THEN date(:today, '+' || (i % 60 - 20) || ' days') END, CASE WHEN at < 2 THEN 'contact' END,
       CASE WHEN at < 2 THEN '声かけ' END
FROM one;

-- three acts for each case: taken in, then handed over or ended or only visited, visited again
INSERT INTO act (seq, on_date, recorded_at, actor, name, case_id, replayed)
SELECT :base + i * 3 + part, CASE part WHEN 1 THEN opened ELSE later END, :today || 'T00:00:00.000000Z', 'local',
       CASE part WHEN 1 THEN 'intake' ELSE 'progress' END, i + 1, 0
FROM one, (SELECT 1 AS part UNION ALL SELECT 2 UNION ALL SELECT 3);
INSERT INTO stage_step (seq, on_date, case_id, act, stage)
SELECT :base + i * 3 + 1, opened, i + 1, 'connect', 'received' FROM one;
INSERT INTO stage_step (seq, on_date, case_id, act, stage)
SELECT :base + i * 3 + 2, later, i + 1, CASE at WHEN 0 THEN 'escalate' ELSE 'settle' END,
       CASE at WHEN 0 THEN 'complex' ELSE 'closed' END
FROM one WHERE at <> 1;
INSERT INTO assignment (seq, on_date, case_id, staff_code)
SELECT :base + i * 3 + 2, later, i + 1, coordinator FROM one WHERE at = 0;
INSERT INTO ending (seq, on_date, case_id, stage, reason)
SELECT :base + i * 3 + 2, later, i + 1, 'closed', 'resolved' FROM one WHERE at = 2;
INSERT INTO note (number, seq, on_date, case_id, method, text)
SELECT year || '-' || printf('%04d', ordinal) || '/N' || (part - 1), :base + i * 3 + part, later, i + 1, 'visit',
       '玄関先でお話をうかがった'
FROM one, (SELECT 2 AS part UNION ALL SELECT 3);
INSERT INTO referral (number, seq, on_date, case_id, to_kind, to_code, to_name, ground, from_window, permit)
SELECT 'R' || year || '-' || printf('%04d', ordinal), :base + i * 3 + 2, later, i + 1, 'window', 'hikikomori',
       'ひきこもり相談窓口', 'same_office', window, '{"ground": null}'
FROM one;
INSERT INTO counter (kind, scope, value)
SELECT 'note', year || '-' || printf('%04d', ordinal), 2 FROM one WHERE at = 0;

INSERT INTO person (id, name, kana, name_key, kana_key, birth_date, sex)
SELECT one.i * 2 + part, f.name || ' ' || g.name, f.kana || ' ' || g.kana, f.name || g.name, f.kana || g.kana,
       date('1930-01-01', '+' || (one.i * 13 % 30000) || ' days'), 'unknown'
FROM one, (SELECT 1 AS part UNION ALL SELECT 2)
     JOIN family f ON f.i = one.i % 11 JOIN given g ON g.i = (one.i + part) % 7;
INSERT INTO search_key (key, kind, person_id)
SELECT p.name_key, 'name', p.id FROM person p UNION ALL SELECT p.kana_key, 'kana', p.id FROM person p
UNION ALL SELECT p.birth_date, 'birth_date', p.id FROM person p
UNION ALL SELECT '〒架空町' || ((p.id - 1) / 2 % 9 + 1), 'address', p.id FROM person p;
INSERT INTO search_key (key, kind, person_id)
SELECT CASE part WHEN 1 THEN g.name || f.name WHEN 2 THEN g.kana || f.kana WHEN 3 THEN f.name WHEN 4 THEN f.kana
       WHEN 5 THEN g.name ELSE g.kana END,
       CASE part WHEN 1 THEN 'name' WHEN 2 THEN 'kana' WHEN 3 THEN 'name_part' WHEN 4 THEN 'kana_part'
       WHEN 5 THEN 'name_part' ELSE 'kana_part' END, p.id
FROM person p JOIN family f ON f.i = (p.id - 1) / 2 % 11
     JOIN given g ON g.i = ((p.id - 1) / 2 + 1 + (p.id - 1) % 2) % 7,
     (SELECT 1 AS part UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6);
INSERT INTO member (seq, on_date, case_id, person_id, label, relation)
SELECT :base + i * 3 + 1, opened, i + 1, i * 2 + part, CASE part WHEN 1 THEN 'A' ELSE 'B' END,
       CASE part WHEN 1 THEN 'head' ELSE 'spouse' END
FROM one, (SELECT 1 AS part UNION ALL SELECT 2);
INSERT INTO concern (seq, on_date, case_id, member_id, code, most_pressing)
SELECT :base + one.i * 3 + 1, opened, one.i + 1, NULL, t.code, part = 0
FROM one, (SELECT 0 AS part UNION ALL SELECT 1) JOIN trouble t ON t.i = (one.i + part) % 6;
"""


def fill(books: Path, cases: int) -> None:
    """Put `cases` cases into new books. The first, 2017-0001, is with the coordinator k00."""
    coordinated = min(cases, WITH_COORDINATOR * max(1, cases // CASES_OF_ONE_COORDINATOR))
    with closing(sqlite3.connect(books, isolation_level=None)) as conn:
        base = conn.execute("SELECT MAX(seq) FROM act").fetchone()[0]
        given = {"cases": cases, "coordinated": coordinated, "today": TODAY, "base": base}
        conn.execute("BEGIN")
        for statement in statements():
            conn.execute(statement, given)
        conn.execute("COMMIT")
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def statements() -> list[str]:
    found: list[str] = []
    text = ""
    for line in WORLD.splitlines():
        text += line + "\n"
        if sqlite3.complete_statement(text):
            found.append(text)
            text = ""
    return found
