-- name: gaps
-- Every gap, the newest last.
SELECT g.id, g.on_date, g.seq, g.kind, g.text
FROM gap g JOIN act a ON a.seq = g.seq
WHERE a.undone_by IS NULL
ORDER BY g.on_date, g.id;

-- name: steps
-- What became of them.
SELECT s.gap_id, s.on_date, s.seq, s.status, s.text
FROM gap_step s JOIN act a ON a.seq = s.seq
WHERE a.undone_by IS NULL
ORDER BY s.on_date, s.seq, s.id;

-- name: cases
-- The cases that show them, each once, as far as this viewer may know of them.
SELECT t.gap_id, c.number
FROM (SELECT g.id AS gap_id, g.case_id FROM gap g JOIN act a ON a.seq = g.seq
      WHERE a.undone_by IS NULL AND g.case_id IS NOT NULL
      UNION SELECT x.gap_id, x.case_id FROM gap_case x JOIN act xa ON xa.seq = x.seq
      WHERE xa.undone_by IS NULL) t JOIN case_file c ON c.id = t.case_id
WHERE c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY t.gap_id, c.number;

-- name: named
-- Everybody of the cases that show a gap, by every name and reading they bear or bore, and who told of those cases;
-- names come to be known after a gap was raised, and its words may say none of them.
WITH shown AS (SELECT g.id AS gap_id, g.case_id FROM gap g JOIN act a ON a.seq = g.seq
               WHERE a.undone_by IS NULL AND g.case_id IS NOT NULL
               UNION SELECT x.gap_id, x.case_id FROM gap_case x JOIN act xa ON xa.seq = x.seq
               WHERE xa.undone_by IS NULL),
     person_of AS (SELECT s.gap_id, m.person_id FROM shown s JOIN member m ON m.case_id = s.case_id
                   JOIN act ma ON ma.seq = m.seq WHERE ma.undone_by IS NULL),
     known AS (SELECT o.gap_id, o.person_id FROM person_of o
               UNION SELECT o.gap_id, e.kept_person_id FROM person_of o JOIN merge e ON e.person_id = o.person_id
               JOIN act ea ON ea.seq = e.seq WHERE ea.undone_by IS NULL AND e.kept_person_id IS NOT NULL)
SELECT k.gap_id, p.name, p.kana FROM known k JOIN person p ON p.id = k.person_id
UNION
SELECT k.gap_id, CASE x.field WHEN 'name' THEN x.old_value END, CASE x.field WHEN 'kana' THEN x.old_value END
FROM known k JOIN correction x ON x.person_id = k.person_id
WHERE (x.field = 'name' OR x.field = 'kana') AND x.old_value <> ''
UNION
SELECT s.gap_id, r.name, NULL FROM shown s JOIN reporter r ON r.case_id = s.case_id JOIN act ra ON ra.seq = r.seq
WHERE ra.undone_by IS NULL
ORDER BY 1, 2, 3;

-- name: sittings
-- What sittings that were not cancelled decided about them.
SELECT i.gap_id, g.body, g.held_on, d.outcome
FROM meeting_item i JOIN act a ON a.seq = i.seq JOIN meeting g ON g.id = i.meeting_id JOIN act ga ON ga.seq = g.seq
     JOIN decision d ON d.item_id = i.id JOIN act da ON da.seq = d.seq
WHERE i.gap_id IS NOT NULL AND a.undone_by IS NULL AND ga.undone_by IS NULL AND da.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = g.id AND xa.undone_by IS NULL)
ORDER BY g.held_on, d.seq;

-- name: answered_for
-- Answers since a day that come back to the open cases of one coordinator.
SELECT s.gap_id, c.number, s.on_date
FROM gap_step s JOIN act a ON a.seq = s.seq JOIN gap g ON g.id = s.gap_id JOIN act ga ON ga.seq = g.seq
     JOIN case_file c ON c.coordinator = :staff AND c.ended_on IS NULL
WHERE s.status = 'answered' AND s.on_date >= :since AND a.undone_by IS NULL AND ga.undone_by IS NULL
  AND (c.id = g.case_id
       OR EXISTS (SELECT 1 FROM gap_case x JOIN act xa ON xa.seq = x.seq
                  WHERE x.gap_id = g.id AND x.case_id = c.id AND xa.undone_by IS NULL))
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :staff THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY s.on_date, g.id, c.number;
