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
                  WHERE d.member_id = r.member_id AND d.on_date <= :today AND da.undone_by IS NULL)
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
-- The sittings called from a day on, each with how many items on its agenda are of my cases and not dealt with.
SELECT m.number AS meeting, m.body, m.held_on,
       (SELECT COUNT(*) FROM meeting_item i JOIN act ia ON ia.seq = i.seq JOIN case_file c ON c.id = i.case_id
        WHERE i.meeting_id = m.id AND ia.undone_by IS NULL AND c.ended_on IS NULL
          AND (c.coordinator = :coordinator OR c.window_code = :window OR :everyone = 'yes')
          AND NOT EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                          WHERE d.item_id = i.id AND da.undone_by IS NULL)
          AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                           WHERE ha.undone_by IS NULL GROUP BY h.case_id
                           HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
       ) AS items
FROM meeting m JOIN act a ON a.seq = m.seq
WHERE m.held_on >= :today AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = m.id AND xa.undone_by IS NULL)
ORDER BY m.held_on, m.number;
