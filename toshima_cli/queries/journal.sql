-- name: last^
-- The head of the chain.
SELECT entry, hash FROM journal ORDER BY entry DESC LIMIT 1;

-- name: append!
-- One entry, at the end of the chain.
INSERT INTO journal (entry, recorded_at, replayed, actor, verb, result, rule, on_date, seq, about, fields, hash)
VALUES (:entry, :recorded_at, :replayed, :actor, :verb, :result, :rule, :on_date, :seq, :about, :fields, :hash);

-- name: append_subjects*!
-- What the entry touches.
INSERT INTO journal_subject (kind, ref, entry) VALUES (:kind, :ref, :entry);

-- name: all
-- The whole chain, for verify.
SELECT entry, recorded_at, replayed, actor, verb, result, rule, on_date, seq, about, fields, hash
FROM journal ORDER BY entry;

-- name: all_subjects
-- The whole index of subjects, for verify.
SELECT entry, kind, ref FROM journal_subject ORDER BY entry;

-- name: recent
-- The newest entries first. Of one that touches a restricted case, a case taken back since too, it tells its own people
-- alone more than who and when.
-- Where `by_law` holds it touches a report by law of others, one taken back too; whom it is about is not told (rule 7).
SELECT j.entry, j.recorded_at, j.replayed, j.actor, j.verb, j.result, j.rule, j.on_date, j.about, j.fields,
       EXISTS (SELECT 1 FROM journal_subject x
               WHERE x.entry = j.entry AND x.kind = 'case' AND x.ref IN
                  (SELECT c.number FROM case_holder h JOIN act ha ON ha.seq = h.seq JOIN case_file c ON c.id = h.case_id
                   WHERE (ha.undone_by IS NULL
                          OR NOT EXISTS (SELECT 1 FROM stage_step l JOIN act la ON la.seq = l.seq
                                         WHERE l.case_id = h.case_id AND la.undone_by IS NULL))
                   GROUP BY c.id, c.number
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)) AS withheld,
       EXISTS (SELECT 1 FROM journal_subject y JOIN referral r ON r.number = y.ref
                  JOIN case_file k ON k.id = r.case_id
             WHERE y.entry = j.entry AND y.kind = 'referral' AND r.ground = 'statutory_report'
               AND (SELECT ra.actor FROM act ra WHERE ra.seq = r.seq) <> :viewer
               AND COALESCE(k.coordinator, '') <> :viewer) AS by_law
FROM journal j ORDER BY j.entry DESC LIMIT :how_many;

-- name: of_subject
-- The entries that touch one case, person or meeting, newest first, without those that touch a restricted case the
-- viewer is not of, since to be listed here tells that it belongs to the subject; and of a person without those of the
-- reports by law of others.
SELECT j.entry, j.recorded_at, j.replayed, j.actor, j.verb, j.result, j.rule, j.on_date, j.about, j.fields,
       j.entry IS NULL AS withheld,
       EXISTS (SELECT 1 FROM journal_subject y JOIN referral r ON r.number = y.ref
                  JOIN case_file k ON k.id = r.case_id
             WHERE y.entry = j.entry AND y.kind = 'referral' AND r.ground = 'statutory_report'
               AND (SELECT ra.actor FROM act ra WHERE ra.seq = r.seq) <> :viewer
               AND COALESCE(k.coordinator, '') <> :viewer) AS by_law
FROM journal_subject s JOIN journal j ON j.entry = s.entry
WHERE s.kind = :kind AND s.ref = :ref
  AND NOT EXISTS (SELECT 1 FROM journal_subject x
                  WHERE x.entry = j.entry AND x.kind = 'case' AND x.ref IN
                  (SELECT c.number FROM case_holder h JOIN act ha ON ha.seq = h.seq JOIN case_file c ON c.id = h.case_id
                   WHERE (ha.undone_by IS NULL
                          OR NOT EXISTS (SELECT 1 FROM stage_step l JOIN act la ON la.seq = l.seq
                                         WHERE l.case_id = h.case_id AND la.undone_by IS NULL))
                   GROUP BY c.id, c.number
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1))
  AND (s.kind <> 'person' OR NOT EXISTS (SELECT 1 FROM journal_subject y JOIN referral r ON r.number = y.ref
                  JOIN case_file k ON k.id = r.case_id
             WHERE y.entry = s.entry AND y.kind = 'referral' AND r.ground = 'statutory_report'
               AND (SELECT ra.actor FROM act ra WHERE ra.seq = r.seq) <> :viewer
               AND COALESCE(k.coordinator, '') <> :viewer))
ORDER BY j.entry DESC LIMIT :how_many;

-- name: count^
-- How many entries there are; they are numbered without gaps.
SELECT COALESCE(MAX(entry), 0) AS entries FROM journal;

-- name: count_of_subject^
-- How many of those there are.
SELECT COUNT(*) AS entries FROM journal_subject s
WHERE s.kind = :kind AND s.ref = :ref
  AND NOT EXISTS (SELECT 1 FROM journal_subject x
                  WHERE x.entry = s.entry AND x.kind = 'case' AND x.ref IN
                  (SELECT c.number FROM case_holder h JOIN act ha ON ha.seq = h.seq JOIN case_file c ON c.id = h.case_id
                   WHERE (ha.undone_by IS NULL
                          OR NOT EXISTS (SELECT 1 FROM stage_step l JOIN act la ON la.seq = l.seq
                                         WHERE l.case_id = h.case_id AND la.undone_by IS NULL))
                   GROUP BY c.id, c.number
                   HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1))
  AND (s.kind <> 'person' OR NOT EXISTS (SELECT 1 FROM journal_subject y JOIN referral r ON r.number = y.ref
                  JOIN case_file k ON k.id = r.case_id
             WHERE y.entry = s.entry AND y.kind = 'referral' AND r.ground = 'statutory_report'
               AND (SELECT ra.actor FROM act ra WHERE ra.seq = r.seq) <> :viewer
               AND COALESCE(k.coordinator, '') <> :viewer));

-- name: person_id^
-- The human being behind a label of a case.
SELECT m.person_id FROM member m JOIN act a ON a.seq = m.seq JOIN case_file c ON c.id = m.case_id
WHERE c.number = :number AND m.label = :label AND a.undone_by IS NULL;
