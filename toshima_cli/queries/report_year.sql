-- What the report of a fiscal year asks beside the figures of report.sql. Its ranges are half-open, from start to
-- before_day, and what is undone is left out, as there.

-- name: members
-- Who was of which household, by their relation to its head, of the cases in which a concern was noted in the range.
SELECT c.number AS case_number, m.relation, m.on_date AS joined_on,
       (SELECT MIN(d.on_date) FROM departure d JOIN act da ON da.seq = d.seq
        WHERE d.member_id = m.id AND da.undone_by IS NULL) AS left_on
FROM (SELECT DISTINCT n.case_id FROM concern n JOIN act a ON a.seq = n.seq
      WHERE n.on_date >= :start AND n.on_date < :before_day AND a.undone_by IS NULL) t
     JOIN case_file c ON c.id = t.case_id JOIN member m ON m.case_id = t.case_id JOIN act ma ON ma.seq = m.seq
WHERE ma.undone_by IS NULL
ORDER BY c.number, m.id;

-- name: came
-- The receptions by the channel they came through and the window that received.
SELECT c.channel, c.window_code AS window_code, COUNT(*) AS cases
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
WHERE s.on_date >= :start AND s.on_date < :before_day AND (s.act = 'connect' OR s.act = 'return')
  AND a.undone_by IS NULL
GROUP BY c.channel, c.window_code ORDER BY c.channel, c.window_code;

-- name: asked
-- Referrals made in the range, with the first answer that was one and the last state by its end. Reports by law are no
-- referrals.
SELECT r.to_kind, r.to_code, r.ground, r.on_date, w.status,
       (SELECT MIN(f.on_date) FROM referral_answer f JOIN act fa ON fa.seq = f.seq
        WHERE f.referral_id = r.id AND f.on_date < :before_day AND fa.undone_by IS NULL
          AND (f.status = 'accepted' OR f.status = 'declined')) AS answered_on
FROM referral r JOIN act a ON a.seq = r.seq LEFT JOIN referral_answer w ON w.id =
     (SELECT l.id FROM referral_answer l JOIN act la ON la.seq = l.seq
      WHERE l.referral_id = r.id AND l.on_date < :before_day AND la.undone_by IS NULL
      ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
WHERE r.on_date >= :start AND r.on_date < :before_day AND r.ground <> 'statutory_report' AND a.undone_by IS NULL
ORDER BY r.id;

-- name: fields
-- The field of each kind of concern.
SELECT code, field FROM concern_kind ORDER BY position;
