-- name: apart
-- The cases of somebody's own that this viewer is not of, those whose opening was taken back too (rule 11).
SELECT h.case_id AS id
FROM case_holder h JOIN act ha ON ha.seq = h.seq
WHERE ha.undone_by IS NULL
GROUP BY h.case_id
HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1
UNION
SELECT h.case_id
FROM case_holder h JOIN act ha ON ha.seq = h.seq
WHERE NOT EXISTS (SELECT 1 FROM stage_step s JOIN act sa ON sa.seq = s.seq
                  WHERE s.case_id = h.case_id AND sa.undone_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM case_holder k JOIN act ka ON ka.seq = k.seq
                  WHERE k.case_id = h.case_id AND ka.undone_by IS NULL)
GROUP BY h.case_id
HAVING SUM(CASE WHEN ha.undone_by IS NULL OR h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1
ORDER BY 1;

-- name: withheld
-- The members who left to such a case, of whom others see the label alone.
SELECT d.member_id AS id, d.to_case_id
FROM departure d JOIN act a ON a.seq = d.seq
WHERE d.hidden AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM departure l JOIN act la ON la.seq = l.seq
                  WHERE l.member_id = d.member_id AND l.hidden AND la.undone_by IS NULL
                    AND (l.on_date, l.seq, l.id) > (d.on_date, d.seq, d.id))
  AND COALESCE((SELECT SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END)
                FROM case_holder h JOIN act ha ON ha.seq = h.seq
                WHERE h.case_id = d.to_case_id AND ha.undone_by IS NULL), 0) < 1
ORDER BY 1;

-- name: undone
-- Which act took which one back.
SELECT a.seq, a.undone_by FROM act a WHERE a.seq >= :first AND a.undone_by IS NOT NULL ORDER BY a.seq;

-- name: taken_in^
-- Whether anything is in the books beside the lists they began with.
SELECT a.seq FROM act a WHERE a.seq >= :first AND a.name <> 'init' AND a.name <> 'db upgrade' ORDER BY a.seq LIMIT 1;

-- name: last_act^
-- The newest act.
SELECT MAX(seq) AS seq FROM act;

-- name: has_begun^
-- Whether a case has a step already.
SELECT id FROM stage_step WHERE case_id = :case_id LIMIT 1;

-- name: case_id^
-- The row of a case and its household, whoever looks.
SELECT c.id, c.household_id FROM case_file c WHERE c.number = :number;

-- name: member_id^
-- The row of a member and their record, whoever looks.
SELECT m.id, m.person_id FROM member m JOIN case_file c ON c.id = m.case_id
WHERE c.number = :number AND m.label = :label;

-- name: referral_id^
-- The row of a referral.
SELECT id FROM referral WHERE number = :number;

-- name: meeting_id^
-- The row of a sitting.
SELECT id FROM meeting WHERE number = :number;

-- name: item_id^
-- The row of an item.
SELECT i.id FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.number = :number AND i.item = :item;

-- name: paper_id^
-- The row of a copy.
SELECT p.id FROM paper p JOIN meeting m ON m.id = p.meeting_id WHERE m.number = :number AND p.copy_number = :item;

-- name: gap_id^
-- The row of a gap.
SELECT id FROM gap WHERE id = :gap_id;

-- name: concern_id^
-- The row of a concern, counted within its case.
SELECT x.id FROM concern x JOIN case_file c ON c.id = x.case_id
WHERE c.number = :number ORDER BY x.id LIMIT 1 OFFSET :place;

-- name: case_merge_id^
-- The row of a merge of a case, counted.
SELECT g.id FROM merge g JOIN case_file c ON c.id = g.case_id
WHERE c.number = :number ORDER BY g.id LIMIT 1 OFFSET :place;

-- name: person_merge_id^
-- The row of a merge of a record, counted.
SELECT id FROM merge WHERE person_id = :person_id ORDER BY id LIMIT 1 OFFSET :place;

-- name: item_about^
-- What an item is about, and the day of its sitting.
SELECT i.kind, i.case_id, c.number, m.held_on
FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id LEFT JOIN case_file c ON c.id = i.case_id
WHERE i.id = :item_id;

-- name: cases_from
-- The next case of the books, with somebody who may see it where it is restricted.
SELECT c.id, c.number,
       (SELECT h.staff_code FROM case_holder h JOIN act ha ON ha.seq = h.seq
        WHERE h.case_id = c.id AND ha.undone_by IS NULL
        GROUP BY h.staff_code HAVING SUM(CASE WHEN h.holds THEN 1 ELSE -1 END) > 0
        ORDER BY h.staff_code LIMIT 1) AS holder,
       EXISTS (SELECT 1 FROM stage_step s JOIN act sa ON sa.seq = s.seq
               WHERE s.case_id = c.id AND sa.undone_by IS NULL) AS standing
FROM case_file c WHERE c.id > :case_id ORDER BY c.id LIMIT 1;

-- name: last_case^
-- The newest case.
SELECT MAX(id) AS id FROM case_file;

-- name: last_gap^
-- The last number given to a gap.
SELECT MAX(id) AS value FROM gap;

-- name: last_person^
-- The newest record of a person.
SELECT MAX(id) AS id FROM person;

-- name: sittings_of
-- The sittings that deal, or dealt, with a case, whether or not that was taken back.
SELECT x.meeting_id AS id FROM meeting_case x WHERE x.case_id = :case_id
UNION
SELECT i.meeting_id FROM meeting_item i WHERE i.case_id = :case_id
ORDER BY 1;

-- name: take_back!
-- An act that was taken back by another one.
UPDATE act SET undone_by = :by WHERE seq = :seq;

-- name: act_is_about!
-- The case an act opened.
UPDATE act SET case_id = :case_id WHERE seq = :seq;

-- name: records_of
-- The human beings of a case whose reception was taken back.
SELECT DISTINCT person_id FROM member WHERE case_id = :case_id ORDER BY person_id;

-- name: last_action^
-- The last action of a case, undone ones too.
SELECT x.number FROM action x WHERE x.case_id = :case_id ORDER BY LENGTH(x.number) DESC, x.number DESC LIMIT 1;

-- name: last_note^
-- The last entry of the progress record of a case, undone ones too.
SELECT n.number FROM note n WHERE n.case_id = :case_id ORDER BY LENGTH(n.number) DESC, n.number DESC LIMIT 1;

-- name: last_consent^
-- The last decision about consent of a case, undone ones too.
SELECT k.number FROM member m JOIN consent k ON k.member_id = m.id
WHERE m.case_id = :case_id ORDER BY LENGTH(k.number) DESC, k.number DESC LIMIT 1;
