-- How long things took, and from when the books speak. Every list of waits gives one row for each case, since and on_date,
-- dated by what ended the wait the first time, in the half-open range from start to before_day. The first word of a case
-- is its first step, in outreach or at a window. What a case of another number had before is not counted in.

-- name: to_consent
-- From the first word to the first consent of anybody of the household.
SELECT t.since, t.on_date
FROM (SELECT MIN(k.on_date) AS on_date,
             (SELECT MIN(s.on_date) FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = m.case_id AND sa.undone_by IS NULL) AS since
      FROM consent k JOIN act a ON a.seq = k.seq JOIN member m ON m.id = k.member_id JOIN act ma ON ma.seq = m.seq
      WHERE k.decision = 'given' AND a.undone_by IS NULL AND ma.undone_by IS NULL
      GROUP BY m.case_id) t
WHERE t.on_date >= :start AND t.on_date < :before_day AND t.since <= t.on_date;

-- name: to_plan
-- From the first word to the first plan that came into force, by a sitting or to be approved afterwards.
SELECT t.since, t.on_date
FROM (SELECT MIN(k.on_date) AS on_date,
             (SELECT MIN(s.on_date) FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = p.case_id AND sa.undone_by IS NULL) AS since
      FROM plan_step k JOIN act a ON a.seq = k.seq JOIN plan p ON p.id = k.plan_id JOIN act pa ON pa.seq = p.seq
      WHERE k.status = 'approved' AND a.undone_by IS NULL AND pa.undone_by IS NULL
      GROUP BY p.case_id) t
WHERE t.on_date >= :start AND t.on_date < :before_day AND t.since <= t.on_date;

-- name: to_end
-- From the first word to the first conclusion. What was found to be a duplicate has no end of its own.
SELECT t.since, t.on_date
FROM (SELECT MIN(e.on_date) AS on_date,
             (SELECT MIN(s.on_date) FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = e.case_id AND sa.undone_by IS NULL) AS since
      FROM ending e JOIN act a ON a.seq = e.seq
      WHERE e.stage = 'closed' AND e.reason <> 'duplicate' AND a.undone_by IS NULL
      GROUP BY e.case_id) t
WHERE t.on_date >= :start AND t.on_date < :before_day AND t.since <= t.on_date;

-- name: first_day^
-- The earliest day before before_day that anything of a case is dated.
SELECT MIN(s.on_date) AS on_date FROM stage_step s JOIN act a ON a.seq = s.seq
WHERE s.on_date < :before_day AND a.undone_by IS NULL;

-- name: publications
-- What was published, as it went out.
SELECT p.period, p.on_date, p.most, p.cells FROM publication p JOIN act a ON a.seq = p.seq
WHERE p.report = :report AND a.undone_by IS NULL ORDER BY p.period;
