-- name: sought
-- Cases before any window, what is due first, with why they are not connected, who seeks them, and how often somebody
-- was in contact; restricted ones for their own people only.
SELECT c.id, c.number, c.opened_on, o.why, o.programme_code, c.last_contact_on, c.next_due_on,
       (SELECT COUNT(*) FROM note n JOIN act na ON na.seq = n.seq
        WHERE n.case_id = c.id AND na.undone_by IS NULL) AS contacts
FROM case_file c LEFT JOIN outreach o ON o.id =
     (SELECT l.id FROM outreach l JOIN act la ON la.seq = l.seq
      WHERE l.case_id = c.id AND la.undone_by IS NULL ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
WHERE c.stage = 'outreach'
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY c.next_due_on NULLS LAST, c.id LIMIT :how_many;
