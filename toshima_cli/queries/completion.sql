-- name: works_here
-- Whether someone works under this code now.
SELECT code FROM staff WHERE code = :viewer AND retired_on IS NULL;

-- name: open_cases
-- The cases not ended whose number lies within a range, the newest first.
SELECT c.id, c.number, c.stage
FROM case_file c
WHERE c.ended_on IS NULL AND c.number >= :lowest AND c.number < :highest
  AND EXISTS (SELECT 1 FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = c.id AND sa.undone_by IS NULL)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.opened_on DESC, c.id DESC LIMIT :how_many;

-- name: ended_cases
-- The cases that ended, the highest number first.
SELECT c.id, c.number, c.stage
FROM case_file c
WHERE c.ended_on IS NOT NULL AND c.number >= :lowest AND c.number < :highest
  AND EXISTS (SELECT 1 FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = c.id AND sa.undone_by IS NULL)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.number DESC LIMIT :how_many;

-- name: members
-- The people of a case, those who left it last. Not who left to a case of their own under restriction.
SELECT m.label, p.name, p.kana
FROM case_file c JOIN member m ON m.case_id = c.id JOIN act a ON a.seq = m.seq JOIN person p ON p.id = m.person_id
WHERE c.number = :number AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = m.id AND d.hidden AND da.undone_by IS NULL)
ORDER BY EXISTS (SELECT 1 FROM departure l JOIN act la ON la.seq = l.seq
                 WHERE l.member_id = m.id AND la.undone_by IS NULL), LENGTH(m.label), m.label;

-- name: referrals
-- The referrals of one case, or of every open one, those that await an answer first, then those accepted. Whether one is
-- a report by law is told, so that nothing more is said of it.
SELECT r.number, c.number AS case_number, r.to_kind, r.to_code, r.ground = 'statutory_report' AS by_law
FROM case_file c JOIN referral r ON r.case_id = c.id JOIN act a ON a.seq = r.seq
WHERE c.id IN (SELECT o.id FROM case_file o WHERE o.number = :number
               UNION SELECT e.id FROM case_file e WHERE e.ended_on IS NULL AND :number IS NULL)
  AND r.number >= :lowest AND r.number < :highest AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = r.member_id AND d.hidden AND da.undone_by IS NULL)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY CASE
           WHEN EXISTS (SELECT 1 FROM referral_answer x JOIN act xa ON xa.seq = x.seq
                        WHERE x.referral_id = r.id AND xa.undone_by IS NULL
                          AND (x.status = 'declined' OR x.status = 'revoked' OR x.status = 'completed')) THEN 'c'
           WHEN EXISTS (SELECT 1 FROM referral_answer y JOIN act ya ON ya.seq = y.seq
                        WHERE y.referral_id = r.id AND ya.undone_by IS NULL AND y.status = 'accepted') THEN 'b'
           ELSE 'a' END, r.id DESC LIMIT :how_many;

-- name: meetings
-- The sittings that were not cancelled, the next one first, then those held, the last one first.
SELECT m.number, m.body, m.held_on
FROM meeting m JOIN act a ON a.seq = m.seq
WHERE m.number >= :lowest AND m.number < :highest AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = m.id AND xa.undone_by IS NULL)
ORDER BY (m.held_on < :today), CASE WHEN m.held_on < :today THEN NULL ELSE m.held_on END,
         CASE WHEN m.held_on < :today THEN m.held_on ELSE NULL END DESC, m.number LIMIT :how_many;

-- name: items
-- The items of a sitting, those not decided first; of a restricted case for its own people only.
SELECT i.item, i.purpose, c.number AS case_number
FROM meeting g JOIN act ga ON ga.seq = g.seq JOIN meeting_item i ON i.meeting_id = g.id JOIN act a ON a.seq = i.seq
     LEFT JOIN case_file c ON c.id = i.case_id
WHERE g.number = :number AND ga.undone_by IS NULL AND a.undone_by IS NULL
  AND COALESCE((SELECT SUM(CASE k.change WHEN 'drop' THEN 1 WHEN 'add' THEN -1 ELSE 0 END)
                FROM agenda_change k JOIN act ka ON ka.seq = k.seq
                WHERE k.item_id = i.id AND ka.undone_by IS NULL), 0) < 1
  AND (i.case_id IS NULL
       OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                            WHERE ha.undone_by IS NULL GROUP BY h.case_id
                            HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1))
ORDER BY EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                 WHERE d.item_id = i.id AND da.undone_by IS NULL), i.item;

-- name: actions
-- The actions of a case that are not done, what is due first.
SELECT n.number, n.due_on, m.label
FROM case_file c JOIN action n ON n.case_id = c.id JOIN act a ON a.seq = n.seq LEFT JOIN member m ON m.id = n.member_id
WHERE c.number = :number AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = n.member_id AND d.hidden AND da.undone_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM action_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.action_id = n.id AND ea.undone_by IS NULL)
ORDER BY n.due_on NULLS LAST, n.id LIMIT :how_many;

-- name: gaps
-- What is lacking, what has no answer first, the newest first.
SELECT g.id, g.kind
FROM gap g JOIN act a ON a.seq = g.seq
WHERE a.undone_by IS NULL
ORDER BY EXISTS (SELECT 1 FROM gap_step s JOIN act sa ON sa.seq = s.seq
                 WHERE s.gap_id = g.id AND s.status = 'answered' AND sa.undone_by IS NULL), g.id DESC LIMIT :how_many;

-- name: colleagues
-- Who works with the program now, by code, with their office and not with their name.
SELECT code, office FROM staff WHERE retired_on IS NULL ORDER BY code;
