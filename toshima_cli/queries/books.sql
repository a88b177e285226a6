-- name: next_number^
-- The next number of a kind in a fiscal year. One statement, so that no two desks get the same one.
INSERT INTO counter (kind, scope, value) VALUES (:kind, :scope, 1)
ON CONFLICT (kind, scope) DO UPDATE SET value = counter.value + 1
RETURNING value;

-- name: case_exists^
-- Whether there is a case of this number, as far as this viewer may know.
SELECT c.id FROM case_file c
WHERE c.number = :number
  AND EXISTS (SELECT 1 FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = c.id AND sa.undone_by IS NULL)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: meeting_exists^
-- Whether there is a sitting of this number.
SELECT m.id FROM meeting m JOIN act a ON a.seq = m.seq WHERE m.number = :number AND a.undone_by IS NULL;

-- name: referral_exists^
-- Whether there is a referral of this number, as far as this viewer may know; of who left to a case of their own under
-- restriction there is none for others.
SELECT r.id FROM referral r JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id
WHERE r.number = :number AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = r.member_id AND d.hidden AND da.undone_by IS NULL
                    AND COALESCE((SELECT SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END)
                                  FROM case_holder h JOIN act ha ON ha.seq = h.seq
                                  WHERE h.case_id = d.to_case_id AND ha.undone_by IS NULL), 0) < 1)
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: staff_exists^
-- Whether someone works under this code now.
SELECT code FROM staff WHERE code = :number AND retired_on IS NULL;

-- name: member_of^
-- Whether a case has a member of this label.
SELECT m.id FROM member m JOIN act a ON a.seq = m.seq JOIN case_file c ON c.id = m.case_id
WHERE c.number = :number AND m.label = :label AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: item_of^
-- Whether an agenda has an item of this number, as far as this viewer may know.
SELECT i.id FROM meeting_item i JOIN act a ON a.seq = i.seq JOIN meeting g ON g.id = i.meeting_id
WHERE g.number = :number AND i.item = :item AND a.undone_by IS NULL
  AND (i.case_id IS NULL
       OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                            WHERE ha.undone_by IS NULL GROUP BY h.case_id
                            HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1));

-- name: plan_id^
-- The row of a plan version.
SELECT id FROM plan WHERE number = :number;

-- name: same_person
-- Who may be the same person, each record with the cases it is in, to be judged one by one. Their whole name or reading,
-- telephone, address or birth date is the one given. Who left to a case of their own under restriction is matched by
-- nobody from here, and that case by its own people only. Where two records were found to be one person, the kept one
-- speaks. `told_by` is the act that last said who somebody is.
SELECT m.person_id AS record_id, p.id AS person_id, COALESCE(p.name, w.name) AS name, COALESCE(p.kana, w.kana) AS kana,
       COALESCE(p.birth_date, w.birth_date) AS birth_date,
       COALESCE(p.phone, w.phone) AS phone, COALESCE(p.address, w.address) AS address, f.phone AS household_phone,
       f.address AS household_address, m.label, m.on_date, c.id AS case_id, c.number, c.stage, c.ended_on,
       COALESCE((SELECT MAX(r.seq) FROM correction r JOIN act ra ON ra.seq = r.seq
                 WHERE r.person_id = m.person_id AND ra.undone_by IS NULL
                   AND (r.field = 'name' OR r.field = 'kana' OR r.field = 'birth_date' OR r.field = 'phone'
                        OR r.field = 'address')), m.seq) AS told_by
FROM member m JOIN act a ON a.seq = m.seq JOIN case_file c ON c.id = m.case_id JOIN household f ON f.id = c.household_id
     JOIN person w ON w.id = m.person_id
     LEFT JOIN merge x ON x.id =
     (SELECT MAX(y.id) FROM merge y JOIN act ya ON ya.seq = y.seq
      WHERE y.person_id = m.person_id AND ya.undone_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM merge_end ye JOIN act yea ON yea.seq = ye.seq
                        WHERE ye.merge_id = y.id AND yea.undone_by IS NULL))
     JOIN person p ON p.id = COALESCE(x.kept_person_id, m.person_id)
WHERE m.person_id IN (SELECT n.person_id FROM search_key n WHERE n.key = :name_key AND n.kind = 'name'
                      UNION SELECT r.person_id FROM search_key r WHERE r.key = :kana_key AND r.kind = 'kana'
                      UNION SELECT t.person_id FROM search_key t WHERE t.key = :phone_key AND t.kind = 'phone'
                      UNION SELECT l.person_id FROM search_key l WHERE l.key = :address_key AND l.kind = 'address'
                      UNION SELECT b.id FROM person b WHERE b.birth_date = :born)
  AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = m.id AND d.hidden AND da.undone_by IS NULL)
ORDER BY (c.ended_on IS NOT NULL), c.opened_on DESC, c.number DESC, LENGTH(m.label), m.label;

-- name: held_cases
-- The restricted cases a member of staff is of and that have not ended, each with the act that made it so and the case
-- it was split from.
SELECT c.id, c.number, MIN(h.seq) AS since,
       (SELECT MIN(l.other_id) FROM case_link l JOIN act la ON la.seq = l.seq
        WHERE l.case_id = c.id AND l.kind = 'split' AND la.undone_by IS NULL) AS from_id
FROM case_holder h JOIN act ha ON ha.seq = h.seq JOIN case_file c ON c.id = h.case_id
WHERE ha.undone_by IS NULL AND c.ended_on IS NULL
GROUP BY c.id, c.number
HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) > 0
ORDER BY c.number;

-- name: holders
-- Who may see a restricted case.
SELECT h.staff_code
FROM case_holder h JOIN act ha ON ha.seq = h.seq
WHERE h.case_id = :case_id AND ha.undone_by IS NULL
GROUP BY h.staff_code
HAVING SUM(CASE WHEN h.holds THEN 1 ELSE -1 END) > 0
ORDER BY h.staff_code;

-- name: labels
-- Every label ever given in a case; none is given twice, not even after an undo.
SELECT label FROM member WHERE case_id = :case_id;

-- name: case_merge^
-- The case another one is kept under now.
SELECT g.id, g.seq, g.on_date, c.number
FROM merge g JOIN act a ON a.seq = g.seq JOIN case_file c ON c.id = g.kept_case_id
WHERE g.case_id = :case_id AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.merge_id = g.id AND ea.undone_by IS NULL);

-- name: person_merges
-- The merges a record of a person is in now, as the one kept or as the other.
SELECT g.id, g.seq, g.on_date, g.person_id, g.kept_person_id
FROM merge g JOIN act a ON a.seq = g.seq
WHERE (g.person_id = :person_id OR g.kept_person_id = :person_id) AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.merge_id = g.id AND ea.undone_by IS NULL)
ORDER BY g.id;

-- name: joined_by
-- The members a merge added to the case that was kept.
SELECT m.id, m.label, m.person_id
FROM member m JOIN act a ON a.seq = m.seq
WHERE m.case_id = :case_id AND m.seq = :seq AND a.undone_by IS NULL
ORDER BY LENGTH(m.label), m.label;

-- name: hidden_of
-- Who left a case to one of their own under restriction.
SELECT m.id, m.person_id, MAX(d.to_case_id) AS to_case_id
FROM member m JOIN act a ON a.seq = m.seq JOIN departure d ON d.member_id = m.id JOIN act da ON da.seq = d.seq
WHERE m.case_id = :case_id AND d.hidden AND a.undone_by IS NULL AND da.undone_by IS NULL
GROUP BY m.id, m.person_id, m.label
ORDER BY LENGTH(m.label), m.label;

-- name: records
-- The human beings of a case.
SELECT DISTINCT m.person_id FROM member m JOIN act a ON a.seq = m.seq
WHERE m.case_id = :case_id AND a.undone_by IS NULL;

-- name: elsewhere
-- Where else a record, or one found to be the same person, stands in a case that everybody sees.
SELECT m.id, c.id AS case_id, c.number
FROM member m JOIN act a ON a.seq = m.seq JOIN case_file c ON c.id = m.case_id
WHERE a.undone_by IS NULL
  AND (m.person_id = :person_id
       OR m.person_id IN (SELECT g.person_id FROM merge g JOIN act ga ON ga.seq = g.seq
                          WHERE g.kept_person_id = :person_id AND ga.undone_by IS NULL
                            AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                                            WHERE e.merge_id = g.id AND ea.undone_by IS NULL)))
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = m.id AND d.hidden AND da.undone_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM case_holder h JOIN act ha ON ha.seq = h.seq
                  WHERE h.case_id = c.id AND ha.undone_by IS NULL)
ORDER BY c.id, m.id;

-- name: kept_under
-- The cases concluded as duplicates of one, which everybody sees.
SELECT DISTINCT c.id, c.number FROM ending e JOIN act a ON a.seq = e.seq JOIN case_file c ON c.id = e.case_id
WHERE e.kept_id = :case_id AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM case_holder h JOIN act ha ON ha.seq = h.seq
                  WHERE h.case_id = c.id AND ha.undone_by IS NULL)
ORDER BY c.id;

-- name: still_there
-- The members of a case who have not left it.
SELECT m.id FROM member m JOIN act a ON a.seq = m.seq
WHERE m.case_id = :case_id AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM departure d JOIN act da ON da.seq = d.seq
                  WHERE d.member_id = m.id AND da.undone_by IS NULL);

-- name: action_id^
-- The row of an action.
SELECT id FROM action WHERE number = :number;

-- name: staff_any^
-- Whether anyone ever worked under this code; a code is never given twice.
SELECT code, retired_on FROM staff WHERE code = :number;

-- name: referral_case^
-- The case a referral belongs to.
SELECT r.id, c.number AS case_number
FROM referral r JOIN act a ON a.seq = r.seq JOIN case_file c ON c.id = r.case_id
WHERE r.number = :number AND a.undone_by IS NULL
  AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                   WHERE ha.undone_by IS NULL GROUP BY h.case_id
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1);

-- name: forget_keys!
-- The keys a person is found by go before new ones are written.
DELETE FROM search_key WHERE person_id = :person_id;

-- name: write_keys*!
-- The keys a person is found by.
INSERT INTO search_key (key, kind, person_id) VALUES (:key, :kind, :person_id);

-- name: searchable
-- What a person is found by, from all households they belong to; of one person, or of everybody.
SELECT p.id, p.name, p.kana, p.birth_date, p.phone, p.address, h.phone AS household_phone, h.address AS household_address
FROM person p JOIN member m ON m.person_id = p.id JOIN act a ON a.seq = m.seq JOIN case_file c ON c.id = m.case_id
     JOIN household h ON h.id = c.household_id
WHERE p.id >= :first AND p.id <= :last AND a.undone_by IS NULL
ORDER BY p.id;

-- name: gap_exists^
-- Whether there is a gap of this number.
SELECT g.id FROM gap g JOIN act a ON a.seq = g.seq WHERE 'G' || g.id = :number AND a.undone_by IS NULL;
-- name: marked^
-- How far something that is done once a day has come.
SELECT value FROM counter WHERE kind = :kind AND scope = :scope;

-- name: mark!
-- Note how far it has come now.
INSERT INTO counter (kind, scope, value) VALUES (:kind, :scope, :value)
ON CONFLICT (kind, scope) DO UPDATE SET value = :value;

-- name: ran_out
-- Cases with a plan drafted, in force or watched, in which a consent ran out since the day of the last sweep, with
-- somebody who may see the case where it is restricted. Begins at the open cases of those stages, whose number stays
-- small however many have ended.
SELECT c.number,
       (SELECT h.staff_code FROM case_holder h JOIN act ha ON ha.seq = h.seq
        WHERE h.case_id = c.id AND ha.undone_by IS NULL
        GROUP BY h.staff_code HAVING SUM(CASE WHEN h.holds THEN 1 ELSE -1 END) > 0
        ORDER BY h.staff_code LIMIT 1) AS holder
FROM case_file c
WHERE (c.stage = 'planning' OR c.stage = 'supporting' OR c.stage = 'watching')
  AND EXISTS (SELECT 1 FROM member m JOIN consent k ON k.member_id = m.id JOIN act a ON a.seq = k.seq
              WHERE m.case_id = c.id AND k.expires_on >= :since AND k.expires_on < :today
                AND a.undone_by IS NULL)
  AND EXISTS (SELECT 1 FROM stage_step s JOIN act sa ON sa.seq = s.seq
              WHERE s.case_id = c.id AND sa.undone_by IS NULL)
ORDER BY c.number;

-- name: of_ledger^
-- The case that was taken in from a ledger under this mark, as long as it was not taken back; number is null where this
-- viewer may not know of it.
SELECT c.id, CASE WHEN c.id IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                                WHERE ha.undone_by IS NULL GROUP BY h.case_id
                                HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
                  THEN NULL ELSE c.number END AS number
FROM counter k JOIN case_file c ON c.id = k.value
WHERE k.kind = 'ledger' AND k.scope = :scope
  AND EXISTS (SELECT 1 FROM stage_step s JOIN act a ON a.seq = s.seq WHERE s.case_id = c.id AND a.undone_by IS NULL);

-- name: records_of
-- The records of people a case was opened with.
SELECT m.person_id FROM member m JOIN act a ON a.seq = m.seq WHERE m.case_id = :case_id AND a.undone_by IS NULL
ORDER BY m.id;
