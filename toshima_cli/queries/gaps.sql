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

-- name: shown_by
-- The cases that show a gap, whoever looks, since its words may say nobody of any.
SELECT g.case_id FROM gap g JOIN act a ON a.seq = g.seq
WHERE g.id = :gap_id AND a.undone_by IS NULL AND g.case_id IS NOT NULL
UNION
SELECT x.case_id FROM gap_case x JOIN act xa ON xa.seq = x.seq WHERE x.gap_id = :gap_id AND xa.undone_by IS NULL
ORDER BY 1;

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
