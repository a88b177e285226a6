-- More lists behind the monthly report, about people, what was passed on, and what is lacking. Their columns, their
-- ranges and what they leave out are those of report.sql. Which records are of one human being (two found to be one, or
-- the new record of who got a case of their own under restriction) is asked as of the end of the range, so that a month
-- once over is counted the same for ever.

-- name: outreach_contacts
-- Contacts of outreach, before the household was connected to a window, and later ones through an outreach programme.
SELECT n.method AS code, n.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, m.label AS person,
       m.person_id, n.on_date
FROM note n JOIN act a ON a.seq = n.seq JOIN case_file c ON c.id = n.case_id LEFT JOIN member m ON m.id = n.member_id
     LEFT JOIN programme p ON p.code = n.programme_code
WHERE n.on_date >= :start AND n.on_date < :before_day AND a.undone_by IS NULL
  AND (p.kind = 'outreach'
       OR ((c.origin = 'outreach' OR c.origin = 'split')
           AND (SELECT l.stage FROM stage_step l JOIN act la ON la.seq = l.seq
                WHERE l.case_id = c.id AND (l.on_date, l.seq) <= (n.on_date, n.seq) AND la.undone_by IS NULL
                ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1) = 'outreach'));

-- name: outreach_people
-- Distinct human beings of those contacts, the one named or, where nobody was, everyone known of the household by then
-- who had not left. Two records found to be one person by the end of the range are one.
WITH same AS (SELECT k.person_id, k.kept_person_id AS kept_id FROM merge k JOIN act ka ON ka.seq = k.seq
              WHERE k.person_id IS NOT NULL AND k.on_date < :before_day AND ka.undone_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM merge_end u JOIN act ua ON ua.seq = u.seq
                                WHERE u.merge_id = k.id AND u.on_date < :before_day AND ua.undone_by IS NULL)
              UNION ALL
              SELECT h.person_id, o.person_id FROM departure d JOIN act da ON da.seq = d.seq
              JOIN member o ON o.id = d.member_id
              JOIN member h ON h.seq = d.seq AND h.case_id = d.to_case_id AND h.label = o.label
              WHERE d.hidden AND d.on_date < :before_day AND da.undone_by IS NULL),
     kept AS (SELECT s.person_id, MAX(s.kept_id) AS id FROM same s GROUP BY s.person_id)
SELECT t.code, t.unit, t.case_number, NULL AS meeting, NULL AS item, t.person, t.person_id, t.on_date
FROM (SELECT 'outreach' AS code, c.number || '/' || m.label AS unit, c.number AS case_number, m.label AS person,
             m.person_id, n.on_date,
             ROW_NUMBER() OVER (PARTITION BY COALESCE(kept.id, m.person_id) ORDER BY n.on_date, c.number, m.label) AS nth
      FROM note n JOIN act a ON a.seq = n.seq JOIN case_file c ON c.id = n.case_id
           LEFT JOIN programme p ON p.code = n.programme_code
           JOIN member m ON m.case_id = n.case_id AND (m.id = n.member_id OR n.member_id IS NULL)
           JOIN act ma ON ma.seq = m.seq LEFT JOIN kept ON kept.person_id = m.person_id
      WHERE n.on_date >= :start AND n.on_date < :before_day AND a.undone_by IS NULL AND ma.undone_by IS NULL
        AND m.on_date <= n.on_date
        AND (n.member_id IS NOT NULL
             OR NOT EXISTS (SELECT 1 FROM departure x JOIN act xa ON xa.seq = x.seq
                            WHERE x.member_id = m.id AND x.on_date <= n.on_date AND xa.undone_by IS NULL))
        AND (p.kind = 'outreach'
             OR ((c.origin = 'outreach' OR c.origin = 'split')
                 AND (SELECT l.stage FROM stage_step l JOIN act la ON la.seq = l.seq
                      WHERE l.case_id = c.id AND (l.on_date, l.seq) <= (n.on_date, n.seq) AND la.undone_by IS NULL
                      ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1) = 'outreach'))) t
WHERE t.nth = 1;

-- name: outreach_consented
-- Distinct human beings who were sought out (of a case that began in outreach, or met before through an outreach
-- programme) and whose first consent in that case was given within the range.
WITH same AS (SELECT k.person_id, k.kept_person_id AS kept_id FROM merge k JOIN act ka ON ka.seq = k.seq
              WHERE k.person_id IS NOT NULL AND k.on_date < :before_day AND ka.undone_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM merge_end u JOIN act ua ON ua.seq = u.seq
                                WHERE u.merge_id = k.id AND u.on_date < :before_day AND ua.undone_by IS NULL)
              UNION ALL
              SELECT h.person_id, o.person_id FROM departure d JOIN act da ON da.seq = d.seq
              JOIN member o ON o.id = d.member_id
              JOIN member h ON h.seq = d.seq AND h.case_id = d.to_case_id AND h.label = o.label
              WHERE d.hidden AND d.on_date < :before_day AND da.undone_by IS NULL),
     kept AS (SELECT s.person_id, MAX(s.kept_id) AS id FROM same s GROUP BY s.person_id)
SELECT t.code, t.unit, t.case_number, NULL AS meeting, NULL AS item, t.person, t.person_id, t.on_date
FROM (SELECT k.decision AS code, c.number || '/' || m.label AS unit, c.number AS case_number, m.label AS person,
             m.person_id, k.on_date,
             ROW_NUMBER() OVER (PARTITION BY COALESCE(kept.id, m.person_id) ORDER BY k.on_date, k.seq, k.id) AS nth
      FROM consent k JOIN act a ON a.seq = k.seq JOIN member m ON m.id = k.member_id
           JOIN act ma ON ma.seq = m.seq JOIN case_file c ON c.id = m.case_id
           LEFT JOIN kept ON kept.person_id = m.person_id
      WHERE k.on_date >= :start AND k.on_date < :before_day AND k.decision = 'given'
        AND a.undone_by IS NULL AND ma.undone_by IS NULL
        AND (c.origin = 'outreach'
             OR EXISTS (SELECT 1 FROM note n JOIN act na ON na.seq = n.seq
                        JOIN programme p ON p.code = n.programme_code
                        WHERE n.case_id = c.id AND n.on_date <= k.on_date AND p.kind = 'outreach'
                          AND (n.member_id = m.id OR n.member_id IS NULL) AND na.undone_by IS NULL))
        AND NOT EXISTS (SELECT 1 FROM consent e JOIN act ea ON ea.seq = e.seq
                        WHERE e.member_id = k.member_id AND e.decision = 'given' AND ea.undone_by IS NULL
                          AND (e.on_date, e.seq, e.id) < (k.on_date, k.seq, k.id))) t
WHERE t.nth = 1;

-- name: action_people
-- Distinct human beings with an action in a plan version first approved within the range, by kind of action, who had
-- not left the household by then. An action that names nobody is for everyone of the plan.
WITH same AS (SELECT k.person_id, k.kept_person_id AS kept_id FROM merge k JOIN act ka ON ka.seq = k.seq
              WHERE k.person_id IS NOT NULL AND k.on_date < :before_day AND ka.undone_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM merge_end u JOIN act ua ON ua.seq = u.seq
                                WHERE u.merge_id = k.id AND u.on_date < :before_day AND ua.undone_by IS NULL)
              UNION ALL
              SELECT h.person_id, o.person_id FROM departure d JOIN act da ON da.seq = d.seq
              JOIN member o ON o.id = d.member_id
              JOIN member h ON h.seq = d.seq AND h.case_id = d.to_case_id AND h.label = o.label
              WHERE d.hidden AND d.on_date < :before_day AND da.undone_by IS NULL),
     kept AS (SELECT s.person_id, MAX(s.kept_id) AS id FROM same s GROUP BY s.person_id)
SELECT t.code, t.unit, t.case_number, NULL AS meeting, NULL AS item, t.person, t.person_id, t.on_date
FROM (SELECT x.kind AS code, c.number || '/' || m.label AS unit, c.number AS case_number, m.label AS person,
             m.person_id, t.on_date,
             ROW_NUMBER() OVER (PARTITION BY x.kind, COALESCE(kept.id, m.person_id)
                                ORDER BY t.on_date, c.number, m.label) AS nth
      FROM plan_step t JOIN act a ON a.seq = t.seq JOIN plan p ON p.id = t.plan_id JOIN act pa ON pa.seq = p.seq
           JOIN case_file c ON c.id = p.case_id JOIN action x ON x.plan_id = p.id JOIN act xa ON xa.seq = x.seq
           JOIN member m ON m.case_id = p.case_id
            AND (m.id = x.member_id
                 OR (x.member_id IS NULL AND EXISTS (SELECT 1 FROM plan_member pm
                                                     WHERE pm.plan_id = p.id AND pm.member_id = m.id)))
           JOIN act ma ON ma.seq = m.seq LEFT JOIN kept ON kept.person_id = m.person_id
      WHERE t.on_date >= :start AND t.on_date < :before_day AND t.status = 'approved'
        AND a.undone_by IS NULL AND pa.undone_by IS NULL AND xa.undone_by IS NULL AND ma.undone_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM departure o JOIN act oa ON oa.seq = o.seq
                        WHERE o.member_id = m.id AND o.on_date <= t.on_date AND oa.undone_by IS NULL)
        AND NOT EXISTS (SELECT 1 FROM plan_step e JOIN act ea ON ea.seq = e.seq
                        WHERE e.plan_id = p.id AND e.status = 'approved' AND ea.undone_by IS NULL
                          AND (e.on_date, e.seq, e.id) < (t.on_date, t.seq, t.id))) t
WHERE t.nth = 1;

-- name: referrals_sent
-- Referrals made, by ground. Reports by law are no referrals and have a list of their own.
SELECT r.ground AS code, r.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, m.label AS person,
       m.person_id, r.on_date
FROM referral r JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id
     LEFT JOIN member m ON m.id = r.member_id
WHERE r.on_date >= :start AND r.on_date < :before_day AND r.ground <> 'statutory_report' AND a.undone_by IS NULL;

-- name: referrals_answered
-- Answers to referrals, by what was answered, on the day of the answer.
SELECT w.status AS code, r.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, m.label AS person,
       m.person_id, w.on_date
FROM referral_answer w JOIN act wa ON wa.seq = w.seq JOIN referral r ON r.id = w.referral_id
     JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id LEFT JOIN member m ON m.id = r.member_id
WHERE w.on_date >= :start AND w.on_date < :before_day AND r.ground <> 'statutory_report'
  AND wa.undone_by IS NULL AND a.undone_by IS NULL;

-- name: referrals_unanswered
-- Referrals of open cases sent before the day answered_before that nobody has answered. An address given away awaits
-- no answer, and none is awaited for somebody who has left. A case found to be another one waits as long as that one
-- is open.
WITH kept AS (SELECT k.case_id, MAX(k.kept_case_id) AS id FROM merge k JOIN act ka ON ka.seq = k.seq
              WHERE k.case_id IS NOT NULL AND k.on_date < :before_day AND ka.undone_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM merge_end u JOIN act ua ON ua.seq = u.seq
                                WHERE u.merge_id = k.id AND u.on_date < :before_day AND ua.undone_by IS NULL)
              GROUP BY k.case_id)
SELECT r.ground AS code, r.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, m.label AS person,
       m.person_id, r.on_date
FROM referral r JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id
     LEFT JOIN member m ON m.id = r.member_id LEFT JOIN kept ON kept.case_id = r.case_id
WHERE r.on_date < :answered_before AND r.ground <> 'statutory_report' AND r.ground <> 'none_shared'
  AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM referral_answer w JOIN act wa ON wa.seq = w.seq
                  WHERE w.referral_id = r.id AND w.on_date < :before_day AND wa.undone_by IS NULL
                    AND w.status <> 'sent' AND w.status <> 'waiting')
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = r.member_id AND d.on_date < :before_day AND da.undone_by IS NULL)
  AND EXISTS (SELECT 1 FROM stage_step s WHERE s.stage <> 'closed' AND s.stage <> 'interrupted' AND s.id =
              (SELECT l.id FROM stage_step l JOIN act la ON la.seq = l.seq
               WHERE l.case_id = COALESCE(kept.id, r.case_id) AND l.on_date < :before_day
                 AND la.undone_by IS NULL
               ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1));

-- name: reports_by_law
-- Reports by law, by whom they are about.
SELECT r.report_kind AS code, r.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item,
       m.label AS person, m.person_id, r.on_date
FROM referral r JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id
     LEFT JOIN member m ON m.id = r.member_id
WHERE r.on_date >= :start AND r.on_date < :before_day AND r.ground = 'statutory_report' AND a.undone_by IS NULL;

-- name: gaps_raised
-- Gaps noted, by kind, each once however many cases show it; its case is the one that raised it.
SELECT g.kind AS code, 'G' || g.id AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person,
       NULL AS person_id, g.on_date
FROM gap g JOIN act a ON a.seq = g.seq LEFT JOIN case_file c ON c.id = g.case_id
WHERE g.on_date >= :start AND g.on_date < :before_day AND a.undone_by IS NULL;

-- name: gaps_moved
-- Gaps forwarded and answered, by that.
SELECT t.status AS code, 'G' || g.id AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person,
       NULL AS person_id, t.on_date
FROM gap_step t JOIN act a ON a.seq = t.seq JOIN gap g ON g.id = t.gap_id JOIN act ga ON ga.seq = g.seq
     LEFT JOIN case_file c ON c.id = g.case_id
WHERE t.on_date >= :start AND t.on_date < :before_day AND a.undone_by IS NULL AND ga.undone_by IS NULL;
