-- name: of_words
-- The people a word is the beginning of a name, a reading or a telephone of, and two words more if they are given, with
-- the cases they are in. Each word is a range of keys, from itself to the last key that begins with it. Open cases
-- first, the newest first; what the first word says exactly before what only begins with it. Not who left to a case of
-- their own under restriction, nor a record found to be another one of the same case or of the case it was merged into.
SELECT c.number, m.label, m.id AS member_id, m.person_id, c.id AS case_id, c.stage, MAX(k.kind) AS kind
FROM search_key k JOIN member m ON m.person_id = k.person_id JOIN act a ON a.seq = m.seq
     JOIN case_file c ON c.id = m.case_id
WHERE k.key >= :low AND k.key <= :high AND a.undone_by IS NULL
  AND (:second_low IS NULL OR EXISTS (SELECT 1 FROM search_key s WHERE s.person_id = k.person_id
                                        AND s.key >= :second_low AND s.key <= :second_high))
  AND (:third_low IS NULL OR EXISTS (SELECT 1 FROM search_key t WHERE t.person_id = k.person_id
                                       AND t.key >= :third_low AND t.key <= :third_high))
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = m.id AND d.hidden AND da.undone_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM merge g JOIN act ga ON ga.seq = g.seq
                       JOIN member o ON o.person_id = g.kept_person_id JOIN act oa ON oa.seq = o.seq
                  WHERE g.person_id = m.person_id AND o.case_id = m.case_id AND ga.undone_by IS NULL
                    AND oa.undone_by IS NULL
                    AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                                    WHERE e.merge_id = g.id AND ea.undone_by IS NULL))
  AND NOT EXISTS (SELECT 1 FROM merge g JOIN act ga ON ga.seq = g.seq
                       JOIN member o ON o.case_id = g.kept_case_id JOIN act oa ON oa.seq = o.seq
                  WHERE g.case_id = m.case_id AND ga.undone_by IS NULL AND oa.undone_by IS NULL
                    AND (o.person_id = m.person_id
                         OR EXISTS (SELECT 1 FROM merge p JOIN act pa ON pa.seq = p.seq
                                    WHERE p.person_id = m.person_id AND p.kept_person_id = o.person_id
                                      AND pa.undone_by IS NULL
                                      AND NOT EXISTS (SELECT 1 FROM merge_end f JOIN act fa ON fa.seq = f.seq
                                                      WHERE f.merge_id = p.id AND fa.undone_by IS NULL)))
                    AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                                    WHERE e.merge_id = g.id AND ea.undone_by IS NULL))
GROUP BY c.number, m.label, m.id, m.person_id, c.id, c.stage, c.ended_on, c.opened_on
ORDER BY (c.ended_on IS NOT NULL), MIN(CASE WHEN k.key = :low THEN 1 ELSE 2 END), c.opened_on DESC, c.number DESC,
         LENGTH(m.label), m.label
LIMIT :how_many;

-- name: of_case
-- The people of a case, by its number.
SELECT c.number, m.label, m.id AS member_id, m.person_id, c.id AS case_id, c.stage
FROM case_file c JOIN member m ON m.case_id = c.id JOIN act a ON a.seq = m.seq
WHERE c.number = :number AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = m.id AND d.hidden AND da.undone_by IS NULL)
ORDER BY LENGTH(m.label), m.label;

-- name: of_referral
-- The case a referral is of, as far as whoever asks may know of it, and the one it is about where it is no report by law.
SELECT c.number, CASE WHEN r.ground = 'statutory_report' THEN NULL ELSE m.label END AS label
FROM referral r JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id LEFT JOIN member m ON m.id = r.member_id
WHERE r.number = :number AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY r.id;

-- name: of_meeting
-- The cases on the agenda of a sitting, as far as whoever asks may know of them.
SELECT DISTINCT c.number
FROM meeting g JOIN act ga ON ga.seq = g.seq JOIN meeting_item i ON i.meeting_id = g.id JOIN act a ON a.seq = i.seq
     JOIN case_file c ON c.id = i.case_id
WHERE g.number = :number AND a.undone_by IS NULL AND ga.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.number;
