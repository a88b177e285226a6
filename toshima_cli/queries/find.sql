-- name: of_word
-- The people found under the keys from `low` to `high`, and under two ranges more where they are given, with the open or
-- the ended cases they are in, in the order of the keys, the newest record of each first. Read as far as a page needs
-- and no further. Not who left to a case of their own under restriction, nor a record found to be another one of the
-- same case or of the case it was merged into. Where two records were found to be one person, the kept one speaks.
SELECT k.kind, c.number, m.label, m.id AS member_id, c.id AS case_id, c.stage,
       p.id AS person_id, COALESCE(p.name, w.name) AS name, COALESCE(p.kana, w.kana) AS kana,
       COALESCE(p.birth_date, w.birth_date) AS birth_date
FROM search_key k JOIN member m ON m.person_id = k.person_id JOIN act a ON a.seq = m.seq
     JOIN case_file c ON c.id = m.case_id JOIN person w ON w.id = m.person_id
     LEFT JOIN merge x ON x.id =
     (SELECT MAX(y.id) FROM merge y JOIN act ya ON ya.seq = y.seq
      WHERE y.person_id = m.person_id AND ya.undone_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM merge_end ye JOIN act yea ON yea.seq = ye.seq
                        WHERE ye.merge_id = y.id AND yea.undone_by IS NULL))
     JOIN person p ON p.id = COALESCE(x.kept_person_id, m.person_id)
WHERE k.key >= :low AND k.key <= :high AND a.undone_by IS NULL
  AND CASE WHEN c.ended_on IS NULL THEN 'open' ELSE 'ended' END = :state
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
ORDER BY k.key, k.person_id DESC, c.opened_on DESC, c.number DESC, LENGTH(m.label), m.label, k.kind;

-- name: how_many^
-- How many keys stand from `low` to `high`, counted no further than `most`.
SELECT COUNT(n.key) AS keys
FROM (SELECT k.key FROM search_key k WHERE k.key >= :low AND k.key <= :high LIMIT :how_many) n;

-- name: of_case
-- The people of a case, by its number.
SELECT c.number, m.label, m.id AS member_id, c.id AS case_id, c.stage,
       p.id AS person_id, COALESCE(p.name, w.name) AS name, COALESCE(p.kana, w.kana) AS kana,
       COALESCE(p.birth_date, w.birth_date) AS birth_date
FROM case_file c JOIN member m ON m.case_id = c.id JOIN act a ON a.seq = m.seq JOIN person w ON w.id = m.person_id
     LEFT JOIN merge x ON x.id =
     (SELECT MAX(y.id) FROM merge y JOIN act ya ON ya.seq = y.seq
      WHERE y.person_id = m.person_id AND ya.undone_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM merge_end ye JOIN act yea ON yea.seq = ye.seq
                        WHERE ye.merge_id = y.id AND yea.undone_by IS NULL))
     JOIN person p ON p.id = COALESCE(x.kept_person_id, m.person_id)
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
