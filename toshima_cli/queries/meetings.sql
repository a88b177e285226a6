-- name: meeting^
-- One sitting, whether it was cancelled, how many of its items are decided, and whether copies of its papers are out.
SELECT m.id, m.number, m.body, m.held_on, m.held_as, m.place, m.chair, m.recorder,
       EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
               WHERE x.meeting_id = m.id AND xa.undone_by IS NULL) AS cancelled,
       (SELECT COUNT(*) FROM decision d JOIN act da ON da.seq = d.seq JOIN meeting_item i ON i.id = d.item_id
        WHERE i.meeting_id = m.id AND da.undone_by IS NULL) AS decided,
       (SELECT COUNT(DISTINCT COALESCE(y.staff_code, '|' || y.guest_name)) FROM party y JOIN act ya ON ya.seq = y.seq
        WHERE y.meeting_id = m.id AND y.present AND ya.undone_by IS NULL) AS present,
       EXISTS (SELECT 1 FROM paper p JOIN act pa ON pa.seq = p.seq
               WHERE p.meeting_id = m.id AND pa.undone_by IS NULL
                 AND NOT EXISTS (SELECT 1 FROM paper_return r JOIN act ra ON ra.seq = r.seq
                                 WHERE r.paper_id = p.id AND ra.undone_by IS NULL)) AS handed_out
FROM meeting m JOIN act a ON a.seq = m.seq
WHERE m.number = :number AND a.undone_by IS NULL;

-- name: meetings
-- Every sitting, newest first, with how much of it there is; items of a restricted case count for its own people only.
SELECT m.number AS meeting, m.body, m.held_on, m.held_as,
       (SELECT COUNT(*) FROM meeting_item i JOIN act ia ON ia.seq = i.seq
        WHERE i.meeting_id = m.id AND ia.undone_by IS NULL
          AND COALESCE((SELECT SUM(CASE k.change WHEN 'drop' THEN 1 WHEN 'add' THEN -1 ELSE 0 END)
                        FROM agenda_change k JOIN act ka ON ka.seq = k.seq
                        WHERE k.item_id = i.id AND ka.undone_by IS NULL), 0) < 1
          AND (i.case_id IS NULL
               OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                                    WHERE ha.undone_by IS NULL GROUP BY h.case_id
                                    HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0
                                                    WHEN h.holds THEN 1 ELSE -1 END) < 1))) AS items,
       (SELECT COUNT(*) FROM decision d JOIN act da ON da.seq = d.seq JOIN meeting_item i ON i.id = d.item_id
        WHERE i.meeting_id = m.id AND da.undone_by IS NULL
          AND (i.case_id IS NULL
               OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                                    WHERE ha.undone_by IS NULL GROUP BY h.case_id
                                    HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0
                                                    WHEN h.holds THEN 1 ELSE -1 END) < 1))) AS decided,
       (SELECT COUNT(DISTINCT COALESCE(y.staff_code, '|' || y.guest_name)) FROM party y JOIN act ya ON ya.seq = y.seq
        WHERE y.meeting_id = m.id AND y.present AND ya.undone_by IS NULL) AS present,
       EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
               WHERE x.meeting_id = m.id AND xa.undone_by IS NULL) AS cancelled
FROM meeting m JOIN act a ON a.seq = m.seq
WHERE a.undone_by IS NULL
ORDER BY m.held_on DESC, m.number DESC;

-- name: nearest^
-- The sitting an agenda without a number means, that is the next one from a day on, otherwise the last before it.
SELECT m.number FROM meeting m JOIN act a ON a.seq = m.seq
WHERE a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = m.id AND xa.undone_by IS NULL)
ORDER BY (m.held_on < :day), CASE WHEN m.held_on < :day THEN NULL ELSE m.held_on END,
         CASE WHEN m.held_on < :day THEN m.held_on ELSE NULL END DESC, m.number
LIMIT 1;

-- name: parties
-- Who is expected at a sitting and who was present, staff with their office, guests as written.
SELECT y.staff_code, COALESCE(s.name, y.guest_name) AS name, COALESCE(s.office, y.office) AS office, y.post,
       s.window_code, y.present, a.actor
FROM party y JOIN act a ON a.seq = y.seq LEFT JOIN staff s ON s.code = y.staff_code
WHERE y.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY y.id;

-- name: leading
-- Who led the sitting and who wrote it down, as noted on the day, the latest last.
SELECT y.post, y.staff_code
FROM party y JOIN act a ON a.seq = y.seq
WHERE y.meeting_id = :meeting_id AND y.staff_code IS NOT NULL AND y.post IS NOT NULL AND a.undone_by IS NULL
ORDER BY y.id;

-- name: staff_name^
-- The name of a colleague, one who left too.
SELECT name FROM staff WHERE code = :staff;

-- name: same_day
-- The other sittings of the same body called for a day.
SELECT m.number FROM meeting m JOIN act a ON a.seq = m.seq
WHERE m.body = :body AND m.held_on = :held_on AND m.number <> :number AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = m.id AND xa.undone_by IS NULL)
ORDER BY m.number;

-- name: nth^
-- Which sitting of its body it is since a day, that is of its fiscal year; cancelled ones are not counted.
SELECT COUNT(*) AS nth FROM meeting m JOIN act a ON a.seq = m.seq
WHERE m.body = :body AND m.held_on >= :since AND (m.held_on, m.number) <= (:held_on, :number) AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = m.id AND xa.undone_by IS NULL);

-- name: without_secrecy
-- Those present who had no acknowledgement of secrecy covering the day of the sitting.
SELECT DISTINCT COALESCE(s.name, y.guest_name) AS name, y.staff_code, a.actor
FROM party y JOIN act a ON a.seq = y.seq LEFT JOIN staff s ON s.code = y.staff_code
WHERE y.meeting_id = :meeting_id AND y.present AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM secrecy k JOIN act ka ON ka.seq = k.seq
                  WHERE ka.undone_by IS NULL AND k.on_date <= :held_on AND k.until >= :held_on
                    AND (k.staff_code = y.staff_code
                         OR (y.staff_code IS NULL AND k.guest_name = y.guest_name
                             AND COALESCE(k.office, '') = COALESCE(y.office, ''))))
ORDER BY 1;

-- name: items
-- The stored items of a sitting with their decisions; those of a restricted case for its own people only.
SELECT i.id, i.item, i.case_id, c.number AS case_number, i.gap_id, i.kind, i.purpose, i.part, i.reason, d.outcome, d.note
FROM meeting_item i JOIN act a ON a.seq = i.seq LEFT JOIN case_file c ON c.id = i.case_id
     LEFT JOIN (SELECT x.item_id, x.outcome, x.note FROM decision x JOIN act xa ON xa.seq = x.seq
                WHERE xa.undone_by IS NULL) d ON d.item_id = i.id
WHERE i.meeting_id = :meeting_id AND a.undone_by IS NULL
  AND (i.case_id IS NULL OR c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                        WHERE ha.undone_by IS NULL GROUP BY h.case_id
                        HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1))
ORDER BY i.item;

-- name: frozen
-- Whom the items of a sitting showed when it was held, and whom they masked.
SELECT i.item, m.label, x.masked
FROM item_member x JOIN act a ON a.seq = x.seq JOIN meeting_item i ON i.id = x.item_id
     JOIN member m ON m.id = x.member_id
WHERE i.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY i.item, m.label;

-- name: put_on
-- The sittings a case was put on the agenda of by name.
SELECT g.number FROM meeting_case x JOIN act a ON a.seq = x.seq JOIN meeting g ON g.id = x.meeting_id
WHERE x.case_id = :case_id AND a.undone_by IS NULL
ORDER BY g.number;

-- name: named
-- The cases put on the agenda by name, as far as this viewer may know of them.
SELECT c.number FROM meeting_case x JOIN act a ON a.seq = x.seq JOIN case_file c ON c.id = x.case_id
WHERE x.meeting_id = :meeting_id AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.number;

-- name: of_others
-- The restricted cases, named or on its items, a sitting is about that this viewer is not of.
SELECT c.id FROM case_file c
WHERE c.id IN (SELECT x.case_id FROM meeting_case x JOIN act a ON a.seq = x.seq
               WHERE x.meeting_id = :meeting_id AND a.undone_by IS NULL
               UNION SELECT i.case_id FROM meeting_item i JOIN act ia ON ia.seq = i.seq
               WHERE i.meeting_id = :meeting_id AND ia.undone_by IS NULL)
  AND c.id IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
               WHERE ha.undone_by IS NULL GROUP BY h.case_id
               HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.id;

-- name: candidates
-- The cases a subcommittee's agenda looks at. They were with a coordinator, or something of theirs was passed on in an
-- emergency; and they are open on the day, or no sitting has decided their end, or none has taken up the emergency. A
-- restricted case comes by name only.
SELECT c.number FROM case_file c
WHERE c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq WHERE ha.undone_by IS NULL)
  AND c.id IN (SELECT s.case_id FROM assignment s UNION SELECT r.case_id FROM referral r WHERE r.ground = 'emergency')
  AND c.opened_on <= :day
  AND (c.ended_on IS NULL OR c.ended_on >= :day
       OR NOT EXISTS (SELECT 1 FROM meeting_item i JOIN decision d ON d.item_id = i.id JOIN act a ON a.seq = d.seq
                      WHERE i.case_id = c.id AND a.undone_by IS NULL
                        AND (d.outcome = 'conclude' OR d.outcome = 'interrupt'
                             OR i.purpose = 'conclusion' OR i.purpose = 'interruption'))
       OR EXISTS (SELECT 1 FROM referral e WHERE e.case_id = c.id AND e.ground = 'emergency'
                    AND NOT EXISTS (SELECT 1 FROM meeting_item j JOIN decision k ON k.item_id = j.id
                                         JOIN act b ON b.seq = k.seq
                                    WHERE j.case_id = c.id AND b.undone_by IS NULL
                                      AND j.purpose = 'emergency_report' AND k.on_date >= e.on_date
                                      AND k.seq > e.seq)))
ORDER BY c.number;

-- name: holiday^
-- The holiday a day is, if it is one.
SELECT name FROM holiday WHERE on_date = :day;

-- name: holidays
-- Every public holiday on record.
SELECT on_date FROM holiday ORDER BY on_date;

-- name: called
-- The days from one on for which a sitting of a body is called.
SELECT DISTINCT m.held_on FROM meeting m JOIN act a ON a.seq = m.seq
WHERE m.body = :body AND m.held_on >= :since AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = m.id AND xa.undone_by IS NULL)
ORDER BY m.held_on;

-- name: last_item^
-- The last number given on an agenda.
SELECT MAX(item) AS item FROM meeting_item WHERE meeting_id = :meeting_id;

-- name: item_id^
-- The row of a numbered item.
SELECT i.id FROM meeting_item i JOIN act a ON a.seq = i.seq
WHERE i.meeting_id = :meeting_id AND i.item = :item AND a.undone_by IS NULL;

-- name: agenda_changes
-- What people changed about the items of a sitting, in the order they did.
SELECT i.item, k.change, k.part, k.place
FROM agenda_change k JOIN act a ON a.seq = k.seq JOIN meeting_item i ON i.id = k.item_id
WHERE i.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY k.id;

-- name: named_gaps
-- The gaps put on the agenda by name.
SELECT DISTINCT x.gap_id FROM meeting_gap x JOIN act a ON a.seq = x.seq
WHERE x.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY x.gap_id;

-- name: acknowledged
-- Who acknowledged the duty of secrecy up to a day, with the last day each acknowledgement covers.
SELECT k.staff_code, k.guest_name, k.office, k.on_date, k.until FROM secrecy k JOIN act a ON a.seq = k.seq
WHERE k.on_date <= :day AND a.undone_by IS NULL
ORDER BY k.id;
