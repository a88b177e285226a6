-- name: case^
-- One case with its household, by number; a restricted one for its own people only, none whose reception was undone.
SELECT c.id, c.number, c.opened_on, c.origin, c.window_code, c.channel, c.note,
       EXISTS (SELECT 1 FROM case_holder x JOIN act xa ON xa.seq = x.seq
               WHERE x.case_id = c.id AND xa.undone_by IS NULL) AS restricted, o.address, o.phone
FROM case_file c JOIN household o ON o.id = c.household_id
WHERE c.number = :number
  AND EXISTS (SELECT 1 FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = c.id AND sa.undone_by IS NULL)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: people
-- The people of the case, each with what is known of the human being behind the label. Where two records were found to
-- be one person, the kept one speaks, and the other fills what it does not say. A member who left to a case of their
-- own under restriction is withheld from whoever is not of that case.
SELECT m.id, p.id AS person_id, m.label, COALESCE(p.name, w.name) AS name, COALESCE(p.kana, w.kana) AS kana,
       COALESCE(p.birth_date, w.birth_date) AS birth_date, CASE WHEN p.sex = 'unknown' THEN w.sex ELSE p.sex END AS sex,
       m.relation, m.on_date AS joined_on, m.note, COALESCE(p.phone, w.phone) AS phone,
       COALESCE(p.address, w.address) AS address, COALESCE(p.contact_rule, w.contact_rule) AS contact_rule,
       COALESCE(p.visit_alert, w.visit_alert) AS visit_alert,
       COALESCE(p.assistance_since, w.assistance_since) AS assistance_since,
       COALESCE(p.assistance_office, w.assistance_office) AS assistance_office,
       COALESCE((SELECT MAX(x.on_date) FROM correction x JOIN act xa ON xa.seq = x.seq
                 WHERE x.person_id = p.id AND x.field = 'birth_date' AND xa.undone_by IS NULL),
                CASE WHEN COALESCE(p.birth_date, w.birth_date) = w.birth_date THEN NULL ELSE g.on_date END) AS corrected_on,
       d.on_date AS left_on, d.reason AS left_reason, t.number AS to_case, g.on_date AS same_since,
       COALESCE(d.hidden, m.id IS NULL) AS hidden,
       COALESCE(d.hidden, m.id IS NULL)
       AND COALESCE((SELECT SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END)
                     FROM case_holder h JOIN act ha ON ha.seq = h.seq
                     WHERE h.case_id = d.to_case_id AND ha.undone_by IS NULL), 0) < 1 AS withheld
FROM member m JOIN act a ON a.seq = m.seq JOIN person w ON w.id = m.person_id
     LEFT JOIN merge g ON g.id =
     (SELECT MAX(x.id) FROM merge x JOIN act xa ON xa.seq = x.seq
      WHERE x.person_id = m.person_id AND xa.undone_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                        WHERE e.merge_id = x.id AND ea.undone_by IS NULL))
     JOIN person p ON p.id = COALESCE(g.kept_person_id, m.person_id)
     LEFT JOIN departure d ON d.id =
     (SELECT l.id FROM departure l JOIN act la ON la.seq = l.seq
      WHERE l.member_id = m.id AND la.undone_by IS NULL
      ORDER BY l.hidden DESC, l.on_date DESC, l.seq DESC, l.id DESC LIMIT 1)
     LEFT JOIN case_file t ON t.id = d.to_case_id
WHERE m.case_id = :case_id AND a.undone_by IS NULL
ORDER BY LENGTH(m.label), m.label;

-- name: other_names
-- The names and readings the people of the case bear on every record found to be theirs, that of a case of their own
-- under restriction too, or bore before a correction, since texts say them too.
WITH own AS (SELECT m.id AS member_id, m.person_id FROM member m JOIN act a ON a.seq = m.seq
             WHERE m.case_id = :case_id AND a.undone_by IS NULL),
     apart AS (SELECT member_id, person_id FROM own
               UNION SELECT own.member_id, n.person_id
               FROM own JOIN departure d ON d.member_id = own.member_id JOIN act da ON da.seq = d.seq
                    JOIN member n ON n.seq = d.seq AND n.case_id = d.to_case_id
               WHERE d.hidden AND da.undone_by IS NULL),
     borne AS (SELECT member_id, person_id FROM apart
               UNION SELECT apart.member_id, g.kept_person_id
               FROM apart JOIN merge g ON g.person_id = apart.person_id JOIN act ga ON ga.seq = g.seq
               WHERE ga.undone_by IS NULL AND g.kept_person_id IS NOT NULL
               UNION SELECT apart.member_id, g.person_id
               FROM apart JOIN merge g ON g.kept_person_id = apart.person_id JOIN act ga ON ga.seq = g.seq
               WHERE ga.undone_by IS NULL)
SELECT borne.member_id, w.name, w.kana FROM borne JOIN person w ON w.id = borne.person_id
UNION
SELECT borne.member_id, CASE x.field WHEN 'name' THEN x.old_value END, CASE x.field WHEN 'kana' THEN x.old_value END
FROM borne JOIN correction x ON x.person_id = borne.person_id
WHERE (x.field = 'name' OR x.field = 'kana') AND x.old_value <> ''
ORDER BY 1, 2, 3;

-- name: elsewhere
-- Where else the people of a case stand or stood, in this case too. It is under the same record, under one found to be
-- the same person, or, where they came here under restriction on a record of their own, by the label they left.
SELECT m.id AS member_id, n.id AS other_id, n.case_id
FROM member m JOIN act a ON a.seq = m.seq JOIN member n ON n.person_id = m.person_id JOIN act na ON na.seq = n.seq
WHERE m.case_id = :case_id AND n.id <> m.id AND a.undone_by IS NULL AND na.undone_by IS NULL
UNION
SELECT m.id, n.id, n.case_id
FROM member m JOIN act a ON a.seq = m.seq JOIN merge g ON g.person_id = m.person_id JOIN act ga ON ga.seq = g.seq
     JOIN member n ON n.person_id = g.kept_person_id JOIN act na ON na.seq = n.seq
WHERE m.case_id = :case_id AND a.undone_by IS NULL AND ga.undone_by IS NULL AND na.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.merge_id = g.id AND ea.undone_by IS NULL)
UNION
SELECT m.id, n.id, n.case_id
FROM member m JOIN act a ON a.seq = m.seq JOIN merge g ON g.kept_person_id = m.person_id JOIN act ga ON ga.seq = g.seq
     JOIN member n ON n.person_id = g.person_id JOIN act na ON na.seq = n.seq
WHERE m.case_id = :case_id AND a.undone_by IS NULL AND ga.undone_by IS NULL AND na.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.merge_id = g.id AND ea.undone_by IS NULL)
UNION
SELECT m.id, n.id, n.case_id
FROM departure d JOIN act da ON da.seq = d.seq JOIN member m ON m.seq = d.seq AND m.case_id = d.to_case_id
     JOIN member n ON n.id = d.member_id JOIN act na ON na.seq = n.seq
WHERE d.to_case_id = :case_id AND d.hidden AND da.undone_by IS NULL AND na.undone_by IS NULL
  AND (n.label = m.label OR NOT EXISTS (SELECT 1 FROM member o JOIN act oa ON oa.seq = o.seq
                                        WHERE o.seq = m.seq AND o.id <> m.id AND oa.undone_by IS NULL))
ORDER BY 1, 2;

-- name: wishes
-- What each said to want, the latest last.
SELECT w.member_id, w.on_date, w.seq, w.text
FROM wish w JOIN act a ON a.seq = w.seq JOIN member m ON m.id = w.member_id
WHERE m.case_id = :case_id AND a.undone_by IS NULL
ORDER BY w.on_date, w.seq;

-- name: consents
-- Every decision about consent, in order; what holds on a day is domain/consent.py.
SELECT c.id, c.number, c.member_id, c.on_date, c.seq, c.decision, c.scope_plan, c.scope_sharing, c.method,
       c.decided_by, c.by_name, c.evidence, c.explained_by, c.expires_on, c.why, c.judged_by, c.review_on
FROM consent c JOIN act a ON a.seq = c.seq JOIN member m ON m.id = c.member_id
WHERE m.case_id = :case_id AND a.undone_by IS NULL
ORDER BY c.on_date, c.seq, c.id;

-- name: consent_exclusions
-- The windows a consent to sharing leaves out.
SELECT e.consent_id, e.window_code
FROM consent_exclusion e JOIN consent c ON c.id = e.consent_id JOIN member m ON m.id = c.member_id
WHERE m.case_id = :case_id
ORDER BY e.consent_id, e.window_code;

-- name: concerns
-- Every concern noted, and since when it is none any more; one about the whole household has no label.
SELECT c.id, c.on_date, c.seq, c.code, m.label, c.most_pressing, c.note,
       (SELECT MIN(e.on_date) FROM concern_end e JOIN act ea ON ea.seq = e.seq
        WHERE e.concern_id = c.id AND ea.undone_by IS NULL) AS ended_on
FROM concern c JOIN act a ON a.seq = c.seq LEFT JOIN member m ON m.id = c.member_id
WHERE c.case_id = :case_id AND a.undone_by IS NULL
ORDER BY c.on_date, c.seq, c.id;

-- name: steps
-- How the case went through the stages.
SELECT s.on_date, s.seq, s.act, s.stage, s.reason
FROM stage_step s JOIN act a ON a.seq = s.seq
WHERE s.case_id = :case_id AND a.undone_by IS NULL
ORDER BY s.on_date, s.seq, s.id;

-- name: assignments
-- Who was responsible from when on.
SELECT s.on_date, s.seq, s.staff_code
FROM assignment s JOIN act a ON a.seq = s.seq
WHERE s.case_id = :case_id AND a.undone_by IS NULL
ORDER BY s.on_date, s.seq;

-- name: referrals
-- Every referral, whoever it went to.
SELECT r.id, r.number, r.on_date, r.seq, m.label, r.to_kind, r.to_code, r.to_name, r.ground, r.report_kind, r.reason,
       r.from_window, a.actor
FROM referral r JOIN act a ON a.seq = r.seq LEFT JOIN member m ON m.id = r.member_id
WHERE r.case_id = :case_id AND a.undone_by IS NULL
ORDER BY r.on_date, r.seq, r.id;

-- name: referral_answers
-- What came back on them.
SELECT s.referral_id, s.on_date, s.seq, s.status, s.reason
FROM referral_answer s JOIN act a ON a.seq = s.seq JOIN referral r ON r.id = s.referral_id
WHERE r.case_id = :case_id AND a.undone_by IS NULL
ORDER BY s.on_date, s.seq, s.id;

-- name: notes
-- The progress record.
SELECT n.number, n.on_date, n.seq, n.method, n.text, m.label, n.next_on, n.next_what, n.programme_code
FROM note n JOIN act a ON a.seq = n.seq LEFT JOIN member m ON m.id = n.member_id
WHERE n.case_id = :case_id AND a.undone_by IS NULL
ORDER BY n.on_date, n.seq;

-- name: plans
-- The plan versions.
SELECT p.id, p.number, p.version, p.on_date, p.seq, p.goal, p.review_on, p.lead, p.needs, p.care
FROM plan p JOIN act a ON a.seq = p.seq
WHERE p.case_id = :case_id AND a.undone_by IS NULL
ORDER BY p.version;

-- name: plan_members
-- Whom each version is for, and when they confirmed it, the latest word first.
SELECT pm.plan_id, m.label, COALESCE(k.on_date, pm.confirmed_on) AS confirmed_on,
       COALESCE(k.method, pm.confirmed_method) AS confirmed_method
FROM plan p JOIN plan_member pm ON pm.plan_id = p.id JOIN member m ON m.id = pm.member_id
     LEFT JOIN plan_confirmation k ON k.id =
     (SELECT MAX(x.id) FROM plan_confirmation x JOIN act xa ON xa.seq = x.seq
      WHERE x.plan_id = pm.plan_id AND x.member_id = pm.member_id AND xa.undone_by IS NULL)
WHERE p.case_id = :case_id
ORDER BY pm.plan_id, m.label;

-- name: plan_steps
-- What became of each version.
SELECT s.plan_id, s.on_date, s.seq, s.status, g.number AS meeting, s.afterwards
FROM plan_step s JOIN act a ON a.seq = s.seq JOIN plan p ON p.id = s.plan_id LEFT JOIN meeting g ON g.id = s.meeting_id
WHERE p.case_id = :case_id AND a.undone_by IS NULL
ORDER BY s.on_date, s.seq, s.id;

-- name: actions
-- Who does what by when, from plans and from decisions of sittings.
SELECT x.id, x.number, x.on_date, x.seq, x.plan_id, x.item_id, m.label, x.what, x.who, x.due_on, x.kind,
       x.why_not_existing
FROM action x JOIN act a ON a.seq = x.seq LEFT JOIN member m ON m.id = x.member_id
WHERE x.case_id = :case_id AND a.undone_by IS NULL
ORDER BY x.on_date, x.seq, x.id;

-- name: action_ends
-- Which actions are done.
SELECT e.action_id, e.on_date, e.seq
FROM action_end e JOIN act a ON a.seq = e.seq JOIN action x ON x.id = e.action_id
WHERE x.case_id = :case_id AND a.undone_by IS NULL
ORDER BY e.on_date, e.seq;

-- name: sittings
-- The items of this case at sittings that were not cancelled, without those left out.
SELECT i.id, i.meeting_id, g.number AS meeting, g.body, g.held_on, i.item, i.kind, i.purpose, i.part
FROM meeting_item i JOIN act a ON a.seq = i.seq JOIN meeting g ON g.id = i.meeting_id
     JOIN act ga ON ga.seq = g.seq
WHERE i.case_id = :case_id AND a.undone_by IS NULL AND ga.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM meeting_cancel x JOIN act xa ON xa.seq = x.seq
                  WHERE x.meeting_id = g.id AND xa.undone_by IS NULL)
  AND COALESCE((SELECT SUM(CASE k.change WHEN 'drop' THEN 1 WHEN 'add' THEN -1 ELSE 0 END)
                FROM agenda_change k JOIN act ka ON ka.seq = k.seq
                WHERE k.item_id = i.id AND ka.undone_by IS NULL), 0) < 1
ORDER BY g.held_on, g.number, i.item;

-- name: sitting_members
-- Whom the items showed when the sitting was held, and whom they masked.
SELECT im.item_id, m.label, im.masked
FROM meeting_item i JOIN item_member im ON im.item_id = i.id JOIN act a ON a.seq = im.seq
     JOIN member m ON m.id = im.member_id
WHERE i.case_id = :case_id AND a.undone_by IS NULL
ORDER BY im.item_id, m.label;

-- name: sitting_decisions
-- What was decided on the items.
SELECT d.item_id, d.on_date, d.seq, d.outcome, d.note
FROM decision d JOIN act a ON a.seq = d.seq JOIN meeting_item i ON i.id = d.item_id
WHERE i.case_id = :case_id AND a.undone_by IS NULL
ORDER BY d.on_date, d.seq;

-- name: sitting_windows
-- The windows whose people were present at the sittings of this case, each as it was theirs on the day (who moved to
-- another window since does not bring it along), and the offices of the guests.
SELECT DISTINCT t.meeting_id, t.window_code
FROM (SELECT y.meeting_id,
             COALESCE(CASE WHEN x.id IS NULL THEN s.window_code ELSE x.old_value END, y.office) AS window_code
      FROM meeting_item i JOIN meeting g ON g.id = i.meeting_id JOIN party y ON y.meeting_id = i.meeting_id
           JOIN act a ON a.seq = y.seq LEFT JOIN staff s ON s.code = y.staff_code
           LEFT JOIN correction x ON x.id =
           (SELECT MIN(l.id) FROM correction l JOIN act la ON la.seq = l.seq
            WHERE l.staff_code = y.staff_code AND l.field = 'window_code' AND la.undone_by IS NULL
              AND (l.on_date > g.held_on OR l.seq > y.seq))
      WHERE i.case_id = :case_id AND y.present AND a.undone_by IS NULL) t
WHERE t.window_code IS NOT NULL
ORDER BY t.meeting_id, t.window_code;

-- name: approaches
-- How to approach the household, as a sitting decided or as begun before it (afterwards).
SELECT x.id, x.on_date, x.seq, g.number AS meeting, x.item_id, x.text, x.afterwards
FROM approach x JOIN act a ON a.seq = x.seq LEFT JOIN meeting_item i ON i.id = x.item_id
     LEFT JOIN meeting g ON g.id = i.meeting_id
WHERE x.case_id = :case_id AND a.undone_by IS NULL
ORDER BY x.on_date, x.seq;

-- name: approach_members
-- For whom an approach was begun before its sitting.
SELECT am.approach_id, m.label
FROM approach x JOIN approach_member am ON am.approach_id = x.id JOIN member m ON m.id = am.member_id
WHERE x.case_id = :case_id
ORDER BY am.approach_id, m.label;

-- name: watches
-- Who watches until when, and the sign that calls.
SELECT w.on_date, w.seq, w.watcher, w.every, w.until, w.sign
FROM watch w JOIN act a ON a.seq = w.seq
WHERE w.case_id = :case_id AND a.undone_by IS NULL
ORDER BY w.on_date, w.seq;

-- name: endings
-- How the case ended, each time it did. The number that was kept, where it is under restriction, is its own people's.
SELECT e.id, e.on_date, e.seq, e.stage, e.reason, e.lead, e.evaluation, e.wish, e.groundwork, e.tried,
       e.last_contact_on, e.safety, k.number AS kept
FROM ending e JOIN act a ON a.seq = e.seq LEFT JOIN case_file k ON k.id = e.kept_id
     AND k.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                      WHERE ha.undone_by IS NULL GROUP BY h.case_id
                      HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
WHERE e.case_id = :case_id AND a.undone_by IS NULL
ORDER BY e.on_date, e.seq;

-- name: ending_changes
-- What had changed by then.
SELECT c.ending_id, c.code
FROM ending_change c JOIN ending e ON e.id = c.ending_id
WHERE e.case_id = :case_id
ORDER BY c.ending_id, c.code;

-- name: links
-- The cases this one belongs with, in both directions; what was split off is seen from the new case alone (rule 11),
-- and a merge taken back is none.
SELECT l.kind, c.number AS number, 'to' AS direction
FROM case_link l JOIN act a ON a.seq = l.seq JOIN case_file c ON c.id = l.other_id
WHERE l.case_id = :case_id AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
  AND NOT EXISTS (SELECT 1 FROM merge g JOIN merge_end e ON e.merge_id = g.id JOIN act ea ON ea.seq = e.seq
                  WHERE g.seq = l.seq AND ea.undone_by IS NULL)
UNION ALL
SELECT l.kind, c.number, 'from'
FROM case_link l JOIN act a ON a.seq = l.seq JOIN case_file c ON c.id = l.case_id
WHERE l.other_id = :case_id AND a.undone_by IS NULL AND l.kind <> 'split'
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
  AND NOT EXISTS (SELECT 1 FROM merge g JOIN merge_end e ON e.merge_id = g.id JOIN act ea ON ea.seq = e.seq
                  WHERE g.seq = l.seq AND ea.undone_by IS NULL)
ORDER BY 1, 2;

-- name: outreach
-- Why the household is not connected yet, and the programme that seeks it, the latest last.
SELECT o.on_date, o.seq, o.why, o.programme_code
FROM outreach o JOIN act a ON a.seq = o.seq
WHERE o.case_id = :case_id AND a.undone_by IS NULL
ORDER BY o.on_date, o.seq, o.id;

-- name: other_conferences
-- Which conferences of other laws dealt with the case, and why that was not enough.
SELECT o.on_date, o.seq, o.conference_code, o.held_on, o.not_enough
FROM other_conference o JOIN act a ON a.seq = o.seq
WHERE o.case_id = :case_id AND a.undone_by IS NULL
ORDER BY o.held_on, o.seq, o.id;

-- name: gaps
-- What is lacking for this case, with what became of it.
SELECT g.id, g.on_date, g.seq, g.kind, g.text
FROM gap g JOIN act a ON a.seq = g.seq
WHERE a.undone_by IS NULL
  AND g.id IN (SELECT o.id FROM gap o WHERE o.case_id = :case_id
               UNION SELECT x.gap_id FROM gap_case x JOIN act xa ON xa.seq = x.seq
               WHERE x.case_id = :case_id AND xa.undone_by IS NULL)
ORDER BY g.on_date, g.id;

-- name: gap_steps
-- What became of those gaps.
SELECT s.gap_id, s.on_date, s.seq, s.status, s.text
FROM gap_step s JOIN act a ON a.seq = s.seq JOIN gap g ON g.id = s.gap_id
WHERE a.undone_by IS NULL
  AND g.id IN (SELECT o.id FROM gap o WHERE o.case_id = :case_id
               UNION SELECT x.gap_id FROM gap_case x JOIN act xa ON xa.seq = x.seq
               WHERE x.case_id = :case_id AND xa.undone_by IS NULL)
ORDER BY s.on_date, s.seq, s.id;

-- name: merged_into
-- The cases that were found to be this one, and since when.
SELECT c.number, g.on_date
FROM merge g JOIN act a ON a.seq = g.seq JOIN case_file c ON c.id = g.case_id
WHERE g.kept_case_id = :case_id AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.merge_id = g.id AND ea.undone_by IS NULL)
ORDER BY g.on_date, g.seq, g.id;

-- name: reporters
-- Who told of a case, and what they are to the household, so that no paper says either (rule 10).
SELECT r.name, r.relation FROM reporter r JOIN act a ON a.seq = r.seq
WHERE r.case_id = :case_id AND a.undone_by IS NULL
ORDER BY r.id;
