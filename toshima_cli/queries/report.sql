-- The lists behind the monthly report. Every query gives one row for each counted unit, always with these columns
--   code, unit, case_number, meeting, item, person, person_id, on_date
-- and a figure is the number of rows of its list that carry one of its codes (domain/figures.py says which), so that
-- a figure and its list cannot differ. Events lie in the half-open range from start to before_day, states hold as of
-- the end of the day before before_day, and the last step of a case is the last by date, then order of recording.
-- Everything is read from dated facts, nothing from the derived columns of case_file. Undone acts are left out.

-- name: open_cases
-- Cases open as of the range's end (or start), by stage. A case that has stood in engaging without a break since
-- before the day long_before has the code engaging_long.
SELECT CASE WHEN s.stage = 'engaging'
             AND (SELECT l.stage FROM stage_step l JOIN act la ON la.seq = l.seq
                  WHERE l.case_id = c.id AND l.on_date < :long_before AND la.undone_by IS NULL
                  ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1) = 'engaging'
             AND NOT EXISTS (SELECT 1 FROM stage_step o JOIN act oa ON oa.seq = o.seq
                             WHERE o.case_id = c.id AND o.on_date >= :long_before AND o.on_date < :before_day
                               AND o.stage <> 'engaging' AND oa.undone_by IS NULL)
            THEN 'engaging_long' ELSE s.stage END AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM case_file c JOIN stage_step s ON s.id =
     (SELECT l.id FROM stage_step l JOIN act la ON la.seq = l.seq
      WHERE l.case_id = c.id AND l.on_date < :before_day AND la.undone_by IS NULL
      ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
WHERE c.opened_on < :before_day AND s.stage <> 'closed' AND s.stage <> 'interrupted';

-- name: entered
-- Steps that brought a case among the open ones. The first step of a number is an opening, of a returned household's
-- new number a return; a step out of closed or interrupted is a reopening. (A first step that ends the case at once
-- counts here and among the ended, so that the balance holds.)
SELECT CASE WHEN b.id IS NULL AND c.origin <> 'return' THEN 'opened' ELSE 'reopened' END AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
     LEFT JOIN stage_step b ON b.id =
     (SELECT l.id FROM stage_step l JOIN act la ON la.seq = l.seq
      WHERE l.case_id = s.case_id AND (l.on_date, l.seq, l.id) < (s.on_date, s.seq, s.id) AND la.undone_by IS NULL
      ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
WHERE s.on_date >= :start AND s.on_date < :before_day AND a.undone_by IS NULL
  AND (b.id IS NULL
       OR ((b.stage = 'closed' OR b.stage = 'interrupted') AND s.stage <> 'closed' AND s.stage <> 'interrupted'));

-- name: ended
-- Steps that ended an open case, by the stage they led to.
SELECT s.stage AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
     LEFT JOIN stage_step b ON b.id =
     (SELECT l.id FROM stage_step l JOIN act la ON la.seq = l.seq
      WHERE l.case_id = s.case_id AND (l.on_date, l.seq, l.id) < (s.on_date, s.seq, s.id) AND la.undone_by IS NULL
      ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
WHERE s.on_date >= :start AND s.on_date < :before_day AND a.undone_by IS NULL
  AND (s.stage = 'closed' OR s.stage = 'interrupted')
  AND (b.id IS NULL OR (b.stage <> 'closed' AND b.stage <> 'interrupted'));

-- name: ended_by_reason
-- The conclusions among them, by the reason written in the same act.
SELECT e.reason AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
     JOIN ending e ON e.seq = s.seq AND e.case_id = s.case_id
     LEFT JOIN stage_step b ON b.id =
     (SELECT l.id FROM stage_step l JOIN act la ON la.seq = l.seq
      WHERE l.case_id = s.case_id AND (l.on_date, l.seq, l.id) < (s.on_date, s.seq, s.id) AND la.undone_by IS NULL
      ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
WHERE s.on_date >= :start AND s.on_date < :before_day AND a.undone_by IS NULL
  AND s.stage = 'closed' AND e.reason IS NOT NULL
  AND (b.id IS NULL OR (b.stage <> 'closed' AND b.stage <> 'interrupted'));

-- name: consultations
-- Receptions at a window, the return of a household too, by whether the consent to sharing of at least one person there
-- held on that very day. A parent's does not where harm by the family was suspected by then, in whatever case of theirs
-- and whenever that was written down (domain/held.py); who was born after grown_born is taken for a child then, as is anybody whose age is not known.
SELECT CASE WHEN EXISTS (SELECT 1 FROM member m JOIN act ma ON ma.seq = m.seq JOIN consent k ON k.id =
                         (SELECT l.id FROM consent l JOIN act la ON la.seq = l.seq
                          WHERE l.member_id = m.id AND l.scope_sharing AND l.on_date <= s.on_date
                            AND la.undone_by IS NULL
                          ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
                         WHERE m.case_id = s.case_id AND m.on_date <= s.on_date AND ma.undone_by IS NULL
                           AND NOT EXISTS (SELECT 1 FROM departure x JOIN act xa ON xa.seq = x.seq
                                           WHERE x.member_id = m.id AND x.on_date <= s.on_date
                                             AND xa.undone_by IS NULL)
                           AND k.decision = 'given' AND (k.expires_on IS NULL OR k.expires_on >= s.on_date)
                           AND (k.decided_by <> 'parent'
                                OR (NOT EXISTS (SELECT 1 FROM member y JOIN act ya ON ya.seq = y.seq
                                                JOIN concern v ON v.case_id = y.case_id JOIN act va ON va.seq = v.seq
                                                LEFT JOIN member o ON o.id = v.member_id
                                                LEFT JOIN person q ON q.id = o.person_id
                                                WHERE y.person_id = m.person_id AND ya.undone_by IS NULL
                                                  AND v.code = 'violence'
                                                  AND v.on_date <= s.on_date AND va.undone_by IS NULL
                                                  AND (q.birth_date IS NULL OR q.birth_date > :grown_born))
                                    AND NOT EXISTS (SELECT 1 FROM member y JOIN act ya ON ya.seq = y.seq
                                                    JOIN referral r ON r.case_id = y.case_id
                                                    JOIN act ra ON ra.seq = r.seq
                                                    LEFT JOIN member i ON i.id = r.member_id
                                                    LEFT JOIN person j ON j.id = i.person_id
                                                    WHERE y.person_id = m.person_id AND ya.undone_by IS NULL
                                                      AND r.report_kind = 'child'
                                                      AND (j.birth_date IS NULL OR j.birth_date > :grown_born)
                                                      AND r.on_date <= s.on_date AND ra.undone_by IS NULL
                                                      AND NOT EXISTS (SELECT 1 FROM referral_answer w
                                                                      WHERE w.status = 'revoked' AND w.id =
                                                                      (SELECT l.id FROM referral_answer l
                                                                       JOIN act la ON la.seq = l.seq
                                                                       WHERE l.referral_id = r.id
                                                                         AND la.undone_by IS NULL
                                                                       ORDER BY l.on_date DESC, l.seq DESC, l.id DESC
                                                                       LIMIT 1))))))
            THEN 'with_consent' ELSE 'without_consent' END AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
WHERE s.on_date >= :start AND s.on_date < :before_day AND (s.act = 'connect' OR s.act = 'return')
  AND a.undone_by IS NULL;

-- name: consultations_by_channel
-- The same receptions by the channel the household came through.
SELECT c.channel AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
WHERE s.on_date >= :start AND s.on_date < :before_day AND (s.act = 'connect' OR s.act = 'return')
  AND a.undone_by IS NULL;

-- name: consultations_by_window
-- The same receptions by the window that received.
SELECT c.window_code AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
WHERE s.on_date >= :start AND s.on_date < :before_day AND (s.act = 'connect' OR s.act = 'return')
  AND a.undone_by IS NULL;

-- name: consultations_by_field
-- A case once under each field of the concerns it was received with, those ended before that day left out. A concern
-- whose code the list no longer has is of the field other.
SELECT DISTINCT COALESCE(f.field, 'other') AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
     JOIN concern n ON n.case_id = s.case_id AND n.on_date <= s.on_date JOIN act na ON na.seq = n.seq
     LEFT JOIN concern_kind f ON f.code = n.code
WHERE s.on_date >= :start AND s.on_date < :before_day AND (s.act = 'connect' OR s.act = 'return')
  AND a.undone_by IS NULL AND na.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM concern_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.concern_id = n.id AND e.on_date < s.on_date AND ea.undone_by IS NULL);

-- name: concerns
-- Every concern noted, at the intake or found later, on the day it was; that one ended takes nothing away. One that went
-- along with a person to another case is not noted anew, nor one that stood already and became the most pressing.
SELECT n.code, c.number || COALESCE('/' || m.label, '') || '/' || n.code AS unit, c.number AS case_number,
       NULL AS meeting, NULL AS item, m.label AS person, m.person_id, n.on_date
FROM concern n JOIN act a ON a.seq = n.seq JOIN case_file c ON c.id = n.case_id LEFT JOIN member m ON m.id = n.member_id
WHERE n.on_date >= :start AND n.on_date < :before_day AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM departure d WHERE d.seq = n.seq AND d.to_case_id = n.case_id)
  AND NOT EXISTS (SELECT 1 FROM concern_end e JOIN concern o ON o.id = e.concern_id
                  WHERE e.seq = n.seq AND o.case_id = n.case_id AND o.code = n.code
                    AND COALESCE(o.member_id, 0) = COALESCE(n.member_id, 0));

-- name: contacts
-- Every entry of the progress record, by method.
SELECT n.method AS code, n.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, m.label AS person,
       m.person_id, n.on_date
FROM note n JOIN act a ON a.seq = n.seq JOIN case_file c ON c.id = n.case_id LEFT JOIN member m ON m.id = n.member_id
WHERE n.on_date >= :start AND n.on_date < :before_day AND a.undone_by IS NULL;

-- name: complex_accepted
-- Cases handed to a coordinator; one handed over again after it was settled counts again.
SELECT s.act AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       s.on_date
FROM stage_step s JOIN act a ON a.seq = s.seq JOIN case_file c ON c.id = s.case_id
WHERE s.on_date >= :start AND s.on_date < :before_day AND s.act = 'escalate' AND a.undone_by IS NULL;

-- name: plans_made
-- Versions drafted. The first of a case is new; one drafted after an earlier version was approved is revised; a draft
-- that takes the place of one never approved is neither.
SELECT CASE WHEN EXISTS (SELECT 1 FROM plan e JOIN act ea ON ea.seq = e.seq JOIN plan_step t ON t.plan_id = e.id
                         JOIN act ta ON ta.seq = t.seq
                         WHERE e.case_id = p.case_id AND e.version < p.version AND t.status = 'approved'
                           AND t.on_date <= p.on_date AND ea.undone_by IS NULL AND ta.undone_by IS NULL) THEN 'revised'
            WHEN EXISTS (SELECT 1 FROM plan e JOIN act ea ON ea.seq = e.seq
                         WHERE e.case_id = p.case_id AND e.version < p.version AND ea.undone_by IS NULL) THEN 'redrafted'
            ELSE 'new' END AS code,
       p.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       p.on_date
FROM plan p JOIN act a ON a.seq = p.seq JOIN case_file c ON c.id = p.case_id
WHERE p.on_date >= :start AND p.on_date < :before_day AND a.undone_by IS NULL;

-- name: plans_approved
-- Approvals by a sitting, and support begun before the sitting with its reason (afterwards), each on its own day.
SELECT CASE WHEN t.afterwards IS NULL THEN 'sitting' ELSE 'afterwards' END AS code,
       p.number AS unit, c.number AS case_number, g.number AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       t.on_date
FROM plan_step t JOIN act a ON a.seq = t.seq JOIN plan p ON p.id = t.plan_id JOIN act pa ON pa.seq = p.seq
     JOIN case_file c ON c.id = p.case_id LEFT JOIN meeting g ON g.id = t.meeting_id
WHERE t.on_date >= :start AND t.on_date < :before_day AND t.status = 'approved'
  AND a.undone_by IS NULL AND pa.undone_by IS NULL;

-- name: plans_active
-- Plan versions in force in open cases, the newest approved one of each. With the code overdue where the review was
-- set for a day before the last day and no sitting has dealt with the case since.
SELECT CASE WHEN p.review_on < :last_day
             AND NOT EXISTS (SELECT 1 FROM meeting_item i JOIN act ia ON ia.seq = i.seq JOIN meeting g ON g.id = i.meeting_id
                             JOIN act ga ON ga.seq = g.seq
                             WHERE i.case_id = p.case_id AND g.held_on >= p.review_on AND g.held_on < :before_day
                               AND ia.undone_by IS NULL AND ga.undone_by IS NULL
                               AND EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                                           WHERE d.item_id = i.id AND da.undone_by IS NULL)
                               AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                                               WHERE x.meeting_id = g.id AND xa.undone_by IS NULL))
            THEN 'overdue' ELSE 'active' END AS code,
       p.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       t.on_date
FROM plan_step t JOIN plan p ON p.id = t.plan_id JOIN act pa ON pa.seq = p.seq JOIN case_file c ON c.id = p.case_id
     JOIN stage_step s ON s.id =
     (SELECT l.id FROM stage_step l JOIN act la ON la.seq = l.seq
      WHERE l.case_id = p.case_id AND l.on_date < :before_day AND la.undone_by IS NULL
      ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
WHERE t.on_date < :before_day AND t.status = 'approved' AND pa.undone_by IS NULL
  AND s.stage <> 'closed' AND s.stage <> 'interrupted'
  AND t.id = (SELECT l.id FROM plan_step l JOIN act la ON la.seq = l.seq
              WHERE l.plan_id = p.id AND l.on_date < :before_day AND la.undone_by IS NULL
              ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM plan h JOIN act ha ON ha.seq = h.seq JOIN plan_step ht ON ht.id =
                  (SELECT l.id FROM plan_step l JOIN act la ON la.seq = l.seq
                   WHERE l.plan_id = h.id AND l.on_date < :before_day AND la.undone_by IS NULL
                   ORDER BY l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
                  WHERE h.case_id = p.case_id AND h.version > p.version AND ha.undone_by IS NULL
                    AND ht.status = 'approved');

-- name: conference_sittings
-- Sittings with at least one item of a kind dealt with, by kind, whatever the body.
SELECT DISTINCT i.kind AS code, g.number AS unit, NULL AS case_number, g.number AS meeting, NULL AS item,
       NULL AS person, NULL AS person_id, g.held_on AS on_date
FROM meeting g JOIN act ga ON ga.seq = g.seq JOIN meeting_item i ON i.meeting_id = g.id JOIN act ia ON ia.seq = i.seq
     JOIN decision d ON d.item_id = i.id JOIN act da ON da.seq = d.seq
WHERE g.held_on >= :start AND g.held_on < :before_day
  AND ga.undone_by IS NULL AND ia.undone_by IS NULL AND da.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = g.id AND xa.undone_by IS NULL);

-- name: conference_cases
-- Distinct cases dealt with, by kind of the item, each with the first day it was. A case found to be another one by the
-- end of the range is that one.
WITH kept AS (SELECT k.case_id, MAX(k.kept_case_id) AS id FROM merge k JOIN act ka ON ka.seq = k.seq
              WHERE k.case_id IS NOT NULL AND k.on_date < :before_day AND ka.undone_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM merge_end u JOIN act ua ON ua.seq = u.seq
                                WHERE u.merge_id = k.id AND u.on_date < :before_day AND ua.undone_by IS NULL)
              GROUP BY k.case_id)
SELECT i.kind AS code,
       c.number AS unit, c.number AS case_number, NULL AS meeting, NULL AS item, NULL AS person, NULL AS person_id,
       MIN(g.held_on) AS on_date
FROM meeting g JOIN act ga ON ga.seq = g.seq JOIN meeting_item i ON i.meeting_id = g.id JOIN act ia ON ia.seq = i.seq
     JOIN decision d ON d.item_id = i.id JOIN act da ON da.seq = d.seq LEFT JOIN kept ON kept.case_id = i.case_id
     JOIN case_file c ON c.id = COALESCE(kept.id, i.case_id)
WHERE g.held_on >= :start AND g.held_on < :before_day
  AND ga.undone_by IS NULL AND ia.undone_by IS NULL AND da.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = g.id AND xa.undone_by IS NULL)
GROUP BY i.kind, c.number;

-- name: conference_items
-- Items dealt with, by kind.
SELECT DISTINCT i.kind AS code, g.number || '/' || i.item AS unit, c.number AS case_number, g.number AS meeting, i.item,
       NULL AS person, NULL AS person_id, g.held_on AS on_date
FROM meeting g JOIN act ga ON ga.seq = g.seq JOIN meeting_item i ON i.meeting_id = g.id JOIN act ia ON ia.seq = i.seq
     JOIN decision d ON d.item_id = i.id JOIN act da ON da.seq = d.seq LEFT JOIN case_file c ON c.id = i.case_id
WHERE g.held_on >= :start AND g.held_on < :before_day
  AND ga.undone_by IS NULL AND ia.undone_by IS NULL AND da.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = g.id AND xa.undone_by IS NULL);

-- name: sittings
-- Sittings that took place, by body (not cancelled, and somebody attended or answered, or an item was dealt with).
SELECT g.body AS code, g.number AS unit, NULL AS case_number, g.number AS meeting, NULL AS item, NULL AS person,
       NULL AS person_id, g.held_on AS on_date
FROM meeting g JOIN act ga ON ga.seq = g.seq
WHERE g.held_on >= :start AND g.held_on < :before_day AND ga.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = g.id AND xa.undone_by IS NULL)
  AND (EXISTS (SELECT 1 FROM party y JOIN act ya ON ya.seq = y.seq
               WHERE y.meeting_id = g.id AND y.present AND ya.undone_by IS NULL)
       OR EXISTS (SELECT 1 FROM meeting_item i JOIN act ia ON ia.seq = i.seq JOIN decision d ON d.item_id = i.id
                  JOIN act da ON da.seq = d.seq
                  WHERE i.meeting_id = g.id AND ia.undone_by IS NULL AND da.undone_by IS NULL));

-- name: transitions
-- A case's first multi-layered item dealt with after a day on which it was a support-conference item, once per case (of
-- cases found to be one by the end of the range, once for all).
WITH kept AS (SELECT k.case_id, MAX(k.kept_case_id) AS id FROM merge k JOIN act ka ON ka.seq = k.seq
              WHERE k.case_id IS NOT NULL AND k.on_date < :before_day AND ka.undone_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM merge_end u JOIN act ua ON ua.seq = u.seq
                                WHERE u.merge_id = k.id AND u.on_date < :before_day AND ua.undone_by IS NULL)
              GROUP BY k.case_id)
SELECT t.code, t.unit, t.unit AS case_number, t.meeting, t.item, NULL AS person, NULL AS person_id, t.on_date
FROM (SELECT i.kind AS code, c.number AS unit, g.number AS meeting, i.item, g.held_on AS on_date,
             ROW_NUMBER() OVER (PARTITION BY c.id ORDER BY g.held_on, g.number, i.item) AS nth
      FROM meeting g JOIN act ga ON ga.seq = g.seq JOIN meeting_item i ON i.meeting_id = g.id
           JOIN act ia ON ia.seq = i.seq LEFT JOIN kept ON kept.case_id = i.case_id
           JOIN case_file c ON c.id = COALESCE(kept.id, i.case_id)
      WHERE g.held_on < :before_day AND i.kind = 'multilayer_conference'
        AND ga.undone_by IS NULL AND ia.undone_by IS NULL
        AND EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                    WHERE d.item_id = i.id AND da.undone_by IS NULL)
        AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                        WHERE x.meeting_id = g.id AND xa.undone_by IS NULL)
        AND EXISTS (SELECT 1 FROM meeting_item j JOIN act ja ON ja.seq = j.seq JOIN meeting h ON h.id = j.meeting_id
                    JOIN act ha ON ha.seq = h.seq
                    WHERE j.case_id = i.case_id AND j.kind = 'support_conference' AND h.held_on < g.held_on
                      AND ja.undone_by IS NULL AND ha.undone_by IS NULL
                      AND EXISTS (SELECT 1 FROM decision d JOIN act da ON da.seq = d.seq
                                  WHERE d.item_id = j.id AND da.undone_by IS NULL)
                      AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                                      WHERE x.meeting_id = h.id AND xa.undone_by IS NULL))) t
WHERE t.nth = 1 AND t.on_date >= :start;

-- name: changes
-- Changes observed at the end of a case, one row for each.
SELECT h.code, c.number || '/' || h.code AS unit, c.number AS case_number, NULL AS meeting, NULL AS item,
       NULL AS person, NULL AS person_id, e.on_date
FROM ending e JOIN act a ON a.seq = e.seq JOIN ending_change h ON h.ending_id = e.id JOIN case_file c ON c.id = e.case_id
WHERE e.on_date >= :start AND e.on_date < :before_day AND a.undone_by IS NULL;
