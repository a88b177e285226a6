-- name: hidden_cases
-- The restricted cases this viewer is not of (rule 11).
SELECT c.number
FROM case_holder h JOIN act ha ON ha.seq = h.seq JOIN case_file c ON c.id = h.case_id
WHERE ha.undone_by IS NULL
GROUP BY c.number
HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1
ORDER BY c.number;

-- name: hidden_members
-- The members who left to such a case, in the case they left.
SELECT c.number, m.label
FROM departure d JOIN act a ON a.seq = d.seq JOIN member m ON m.id = d.member_id JOIN case_file c ON c.id = m.case_id
WHERE d.hidden AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM departure l JOIN act la ON la.seq = l.seq
                  WHERE l.member_id = d.member_id AND l.hidden AND la.undone_by IS NULL
                    AND (l.on_date, l.seq, l.id) > (d.on_date, d.seq, d.id))
  AND COALESCE((SELECT SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END)
                FROM case_holder h JOIN act ha ON ha.seq = h.seq
                WHERE h.case_id = d.to_case_id AND ha.undone_by IS NULL), 0) < 1
ORDER BY c.number, m.label;

-- name: sittings_seen
-- The kinds of items of each sitting that are about no case, or about one this viewer may know of.
SELECT DISTINCT g.number AS meeting, i.kind
FROM meeting_item i JOIN act ia ON ia.seq = i.seq JOIN meeting g ON g.id = i.meeting_id
WHERE ia.undone_by IS NULL
  AND (i.case_id IS NULL
       OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                            WHERE ha.undone_by IS NULL GROUP BY h.case_id
                            HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1))
ORDER BY 1, 2;
