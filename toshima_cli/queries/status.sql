-- name: desk^
-- The window and the office of whoever asks, and whether they coordinate, by their role or an open case of theirs.
SELECT s.name, s.office, s.window_code,
       s.role = 'coordinator'
         OR EXISTS (SELECT 1 FROM case_file c WHERE c.coordinator = s.code AND c.ended_on IS NULL) AS coordinates
FROM staff s WHERE s.code = :staff;

-- name: due
-- My open cases with something due before a day, the first due first. Mine are those I coordinate and those my window
-- received, or everybody's where I do neither; restricted ones are for their own people only.
WITH mine AS (
  SELECT id FROM case_file WHERE coordinator = :coordinator AND ended_on IS NULL AND next_due_on < :before_day
  UNION SELECT id FROM case_file WHERE window_code = :window AND ended_on IS NULL AND next_due_on < :before_day
  UNION SELECT id FROM case_file WHERE :everyone = 'yes' AND ended_on IS NULL AND next_due_on < :before_day)
SELECT c.id, c.number, c.next_due_on, c.next_due_kind, c.next_due_what
FROM mine CROSS JOIN case_file c
WHERE c.id = mine.id
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.next_due_on, c.id;

-- name: open_cases
-- My open cases, whatever is due, the oldest first.
WITH mine AS (
  SELECT id FROM case_file WHERE coordinator = :coordinator AND ended_on IS NULL
  UNION SELECT id FROM case_file WHERE window_code = :window AND ended_on IS NULL
  UNION SELECT id FROM case_file WHERE :everyone = 'yes' AND ended_on IS NULL)
SELECT c.number
FROM mine CROSS JOIN case_file c
WHERE c.id = mine.id
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.id;

-- name: waiting
-- What was passed on from my open cases and has no answer yet, the oldest first. It begins at the open cases, since
-- those that ended have left more referrals than anybody reads. An address given away and a report by law await none;
-- no answer is awaited for somebody who has left.
WITH mine AS (
  SELECT id FROM case_file WHERE coordinator = :coordinator AND ended_on IS NULL
  UNION SELECT id FROM case_file WHERE window_code = :window AND ended_on IS NULL
  UNION SELECT id FROM case_file WHERE :everyone = 'yes' AND ended_on IS NULL)
SELECT r.number AS referral, c.id, c.number, r.to_kind, r.to_name, r.on_date
FROM mine CROSS JOIN referral r JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id
WHERE r.case_id = mine.id AND a.undone_by IS NULL AND r.on_date <= :today
  AND r.ground <> 'none_shared' AND r.ground <> 'statutory_report'
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = r.member_id AND (d.on_date <= :today OR d.hidden) AND da.undone_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM referral_answer x JOIN act xa ON xa.seq = x.seq
                  WHERE x.referral_id = r.id AND x.status <> 'waiting' AND x.status <> 'sent' AND x.on_date <= :today
                    AND xa.undone_by IS NULL)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY r.on_date, r.id;

-- name: owed
-- What was passed on to my window from a case that is open and has no answer yet, the oldest first. It begins at the
-- open cases, of which an office has some thousands however long its books are. What awaits none awaits none here.
SELECT r.number AS referral, c.number, m.label, r.from_window, r.on_date
FROM case_file c CROSS JOIN referral r JOIN act a ON a.seq = r.seq LEFT JOIN member m ON m.id = r.member_id
WHERE c.ended_on IS NULL AND r.case_id = c.id AND r.to_code = :window AND r.to_kind = 'window'
  AND a.undone_by IS NULL AND r.on_date <= :today
  AND r.ground <> 'none_shared' AND r.ground <> 'statutory_report'
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = r.member_id AND (d.on_date <= :today OR d.hidden) AND da.undone_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM referral_answer x JOIN act xa ON xa.seq = x.seq
                  WHERE x.referral_id = r.id AND x.status <> 'waiting' AND x.status <> 'sent' AND x.on_date <= :today
                    AND xa.undone_by IS NULL)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY r.on_date, r.id;

-- name: watches
-- The watches over my cases that end before a day, the first first.
WITH mine AS (
  SELECT id FROM case_file WHERE coordinator = :coordinator AND ended_on IS NULL
  UNION SELECT id FROM case_file WHERE window_code = :window AND ended_on IS NULL
  UNION SELECT id FROM case_file WHERE :everyone = 'yes' AND stage = 'watching')
SELECT c.id, c.number, w.until, w.watcher
FROM mine CROSS JOIN case_file c CROSS JOIN watch w JOIN act a ON a.seq = w.seq
WHERE c.id = mine.id AND c.stage = 'watching' AND w.case_id = c.id AND w.until < :before_day AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM watch l JOIN act la ON la.seq = l.seq
                  WHERE l.case_id = c.id AND la.undone_by IS NULL
                    AND (l.on_date > w.on_date OR (l.on_date = w.on_date AND l.seq > w.seq)))
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY w.until, c.id;

-- name: sittings
-- The sittings called from a day on, each with how many items on its agenda are not dealt with, as far as I may know of
-- their cases (`total`), and how many of those are of my cases (`items`).
SELECT t.meeting, t.body, t.held_on, COUNT(t.item) AS total, COALESCE(SUM(t.mine), 0) AS items
FROM (SELECT m.number AS meeting, m.body, m.held_on, i.id AS item,
             CASE WHEN c.ended_on IS NULL
                       AND (c.coordinator = :coordinator OR c.window_code = :window
                            OR (c.id IS NOT NULL AND :everyone = 'yes')) THEN 1 ELSE 0 END AS mine
      FROM meeting m JOIN act a ON a.seq = m.seq
           LEFT JOIN meeting_item i ON i.meeting_id = m.id
             AND EXISTS (SELECT 1 FROM act ia WHERE ia.seq = i.seq AND ia.undone_by IS NULL)
             AND NOT EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                             WHERE d.item_id = i.id AND da.undone_by IS NULL)
             AND COALESCE((SELECT SUM(CASE k.change WHEN 'drop' THEN 1 WHEN 'add' THEN -1 ELSE 0 END)
                           FROM agenda_change k JOIN act ka ON ka.seq = k.seq
                           WHERE k.item_id = i.id AND ka.undone_by IS NULL), 0) < 1
             AND (i.case_id IS NULL
                  OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                                       WHERE ha.undone_by IS NULL GROUP BY h.case_id
                                       HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1
                                                       ELSE -1 END) < 1))
           LEFT JOIN case_file c ON c.id = i.case_id
      WHERE m.held_on >= :today AND a.undone_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                        WHERE x.meeting_id = m.id AND xa.undone_by IS NULL)) t
GROUP BY t.meeting, t.body, t.held_on
ORDER BY t.held_on, t.meeting;

-- name: taken_up
-- What a sitting is to take up of my cases and has not dealt with. `touched` where something was recorded since the
-- item got its number, so that it may have gone from the agenda.
SELECT i.item, c.number, i.purpose,
       EXISTS (SELECT 1 FROM act t WHERE t.case_id = i.case_id AND t.seq > i.seq)
       OR EXISTS (SELECT 1 FROM meeting_item o JOIN decision od ON od.item_id = o.id
                  WHERE o.case_id = i.case_id AND od.seq > i.seq)
       OR EXISTS (SELECT 1 FROM correction k WHERE k.meeting_id = m.id AND k.seq > i.seq) AS touched
FROM meeting m JOIN meeting_item i ON i.meeting_id = m.id JOIN act ia ON ia.seq = i.seq
     JOIN case_file c ON c.id = i.case_id
WHERE m.number = :meeting AND ia.undone_by IS NULL AND c.ended_on IS NULL
  AND (c.coordinator = :coordinator OR c.window_code = :window OR :everyone = 'yes')
  AND NOT EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                  WHERE d.item_id = i.id AND da.undone_by IS NULL)
  AND COALESCE((SELECT SUM(CASE k.change WHEN 'drop' THEN 1 WHEN 'add' THEN -1 ELSE 0 END)
                FROM agenda_change k JOIN act ka ON ka.seq = k.seq
                WHERE k.item_id = i.id AND ka.undone_by IS NULL), 0) < 1
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY i.item;

-- name: after_sittings
-- Of the sittings of the last month that are over, whether somebody is noted as present, how many copies of papers that
-- I handed out are not back, and how many items that were before it have no decision, of all where I called it and
-- otherwise of my cases.
SELECT m.number, m.body, m.held_on,
       EXISTS (SELECT 1 FROM party y JOIN act ya ON ya.seq = y.seq
               WHERE y.meeting_id = m.id AND y.present AND ya.undone_by IS NULL) AS attended,
       a.actor AS called_by,
       (SELECT COUNT(*) FROM paper p JOIN act pa ON pa.seq = p.seq
        WHERE p.meeting_id = m.id AND pa.actor = :viewer AND pa.undone_by IS NULL
          AND NOT EXISTS (SELECT 1 FROM paper_return r JOIN act ra ON ra.seq = r.seq
                          WHERE r.paper_id = p.id AND ra.undone_by IS NULL)) AS copies,
       (SELECT COUNT(*) FROM meeting_item i JOIN act ia ON ia.seq = i.seq JOIN case_file c ON c.id = i.case_id
        WHERE i.meeting_id = m.id AND ia.undone_by IS NULL
          AND (a.actor = :viewer OR c.coordinator = :coordinator OR c.window_code = :window OR :everyone = 'yes')
          AND EXISTS (SELECT 1 FROM item_member n JOIN act na ON na.seq = n.seq
                      WHERE n.item_id = i.id AND na.undone_by IS NULL)
          AND NOT EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                          WHERE d.item_id = i.id AND da.undone_by IS NULL)
          AND COALESCE((SELECT SUM(CASE k.change WHEN 'drop' THEN 1 WHEN 'add' THEN -1 ELSE 0 END)
                        FROM agenda_change k JOIN act ka ON ka.seq = k.seq
                        WHERE k.item_id = i.id AND ka.undone_by IS NULL), 0) < 1
          AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                           WHERE ha.undone_by IS NULL GROUP BY h.case_id
                           HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1
                                           ELSE -1 END) < 1)) AS undecided
FROM meeting m JOIN act a ON a.seq = m.seq
WHERE m.held_on >= :since AND m.held_on < :today AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = m.id AND xa.undone_by IS NULL)
ORDER BY m.held_on, m.number;
