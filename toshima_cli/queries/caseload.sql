-- name: open_cases
-- Cases not ended, what is due first, restricted ones for their own people only. Each of these four begins at the index
-- of its own filter; the others only narrow.
SELECT id, number, stage, opened_on, window_code, coordinator, last_contact_on, last_contact_method,
       next_due_on, next_due_kind, next_due_what
FROM case_file
WHERE ended_on IS NULL AND (:due_before IS NULL OR next_due_on < :due_before)
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY next_due_on NULLS LAST, id LIMIT :how_many;

-- name: of_coordinator
-- The same for the cases of one coordinator.
SELECT id, number, stage, opened_on, window_code, coordinator, last_contact_on, last_contact_method,
       next_due_on, next_due_kind, next_due_what
FROM case_file
WHERE coordinator = :coordinator AND ended_on IS NULL
  AND (:window IS NULL OR window_code = :window) AND (:stage IS NULL OR stage = :stage)
  AND (:due_before IS NULL OR next_due_on < :due_before)
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY next_due_on NULLS LAST, id LIMIT :how_many;

-- name: of_window
-- The same for the cases received at one window.
SELECT id, number, stage, opened_on, window_code, coordinator, last_contact_on, last_contact_method,
       next_due_on, next_due_kind, next_due_what
FROM case_file
WHERE window_code = :window AND ended_on IS NULL AND (:stage IS NULL OR stage = :stage)
  AND (:due_before IS NULL OR next_due_on < :due_before)
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY next_due_on NULLS LAST, id LIMIT :how_many;

-- name: of_stage
-- The same for the cases of one stage, ended ones too.
SELECT id, number, stage, opened_on, window_code, coordinator, last_contact_on, last_contact_method,
       next_due_on, next_due_kind, next_due_what
FROM case_file
WHERE stage = :stage AND (:due_before IS NULL OR next_due_on < :due_before)
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
ORDER BY next_due_on NULLS LAST, id LIMIT :how_many;

-- name: count_open_cases^
-- How many of them there are in all, and how many are overdue.
SELECT (SELECT COUNT(*) FROM case_file WHERE ended_on IS NULL
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)) AS cases,
       (SELECT COUNT(*) FROM case_file WHERE ended_on IS NULL AND next_due_on < :today
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)) AS overdue;

-- name: count_of_coordinator^
-- The same for the cases of one coordinator.
SELECT COUNT(*) AS cases, COUNT(CASE WHEN next_due_on < :today THEN 1 END) AS overdue
FROM case_file
WHERE coordinator = :coordinator AND ended_on IS NULL
  AND (:window IS NULL OR window_code = :window) AND (:stage IS NULL OR stage = :stage)
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: count_of_window^
-- The same for the cases received at one window.
SELECT COUNT(*) AS cases, COUNT(CASE WHEN next_due_on < :today THEN 1 END) AS overdue
FROM case_file
WHERE window_code = :window AND ended_on IS NULL AND (:stage IS NULL OR stage = :stage)
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: count_of_stage^
-- The same for the cases of one stage.
SELECT (SELECT COUNT(*) FROM case_file WHERE stage = :stage
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)) AS cases,
       (SELECT COUNT(*) FROM case_file WHERE stage = :stage AND next_due_on < :today
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)) AS overdue;

-- name: concerns
-- The concerns of one case that stand on a day, of people still there, the most pressing first; of one person the newest
-- mark counts.
SELECT c.code, c.most_pressing
FROM concern c JOIN act a ON a.seq = c.seq
WHERE c.case_id = :case_id AND c.on_date <= :day AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM concern_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.concern_id = c.id AND e.on_date <= :day AND ea.undone_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = c.member_id AND d.on_date <= :day AND da.undone_by IS NULL)
ORDER BY CASE WHEN c.most_pressing
               AND NOT EXISTS (SELECT 1 FROM concern n JOIN act na ON na.seq = n.seq
                               WHERE n.case_id = c.case_id AND n.most_pressing AND n.on_date <= :day
                                 AND COALESCE(n.member_id, 0) = COALESCE(c.member_id, 0)
                                 AND (n.on_date, n.id) > (c.on_date, c.id) AND na.undone_by IS NULL)
              THEN 'a' ELSE 'b' END, c.on_date, c.id;

-- name: opened^
-- How many of the cases opened since a day are still open.
SELECT COUNT(CASE WHEN ended_on IS NULL THEN 1 END) AS cases
FROM case_file
WHERE opened_on >= :since AND (:coordinator IS NULL OR coordinator = :coordinator)
  AND (:window IS NULL OR window_code = :window) AND (:stage IS NULL OR stage = :stage)
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: balance
-- How the cases not ended are spread by who coordinates, the window, the stage and how long they have been open, with
-- how many of them are overdue and how many were opened since the first of the month. Restricted ones for their own
-- people only.
SELECT coordinator, window_code, stage,
       CASE WHEN opened_on > :months_3 THEN 'to_3_months' WHEN opened_on > :months_6 THEN 'to_6_months'
            WHEN opened_on > :months_12 THEN 'to_12_months' ELSE 'longer' END AS age,
       COUNT(*) AS cases, COUNT(CASE WHEN next_due_on < :today THEN 1 END) AS overdue,
       COUNT(CASE WHEN opened_on >= :since THEN 1 END) AS opened
FROM case_file
WHERE ended_on IS NULL
  AND id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
GROUP BY 1, 2, 3, 4 ORDER BY 1 NULLS LAST, 2, 3, 4;
