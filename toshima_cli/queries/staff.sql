-- name: colleagues
-- Who works with the program now, or whoever did.
SELECT code AS staff, name, office, window_code AS "window", role, retired_on
FROM staff WHERE retired_on IS NULL OR :everyone = 'yes'
ORDER BY code;

-- name: their_own^
-- How many open cases are with somebody and hidden from whoever asks.
SELECT COUNT(*) AS cases FROM case_file c
WHERE c.id IN (SELECT x.case_id FROM case_holder x JOIN act xa ON xa.seq = x.seq
               WHERE xa.undone_by IS NULL AND x.staff_code = :staff GROUP BY x.case_id
               HAVING SUM(CASE WHEN x.holds THEN 1 ELSE -1 END) > 0)
  AND c.ended_on IS NULL
  AND c.id IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
               WHERE ha.undone_by IS NULL GROUP BY h.case_id
               HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);
