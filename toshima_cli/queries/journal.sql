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
-- The newest entries first.
SELECT entry, recorded_at, replayed, actor, verb, result, rule, on_date, seq, about, fields, hash
FROM journal ORDER BY entry DESC LIMIT :how_many;

-- name: of_subject
-- The entries that touch one case, person or meeting, newest first.
SELECT j.entry, j.recorded_at, j.replayed, j.actor, j.verb, j.result, j.rule, j.on_date, j.seq, j.about, j.fields, j.hash
FROM journal_subject s JOIN journal j ON j.entry = s.entry
WHERE s.kind = :kind AND s.ref = :ref
ORDER BY j.entry DESC LIMIT :how_many;

-- name: count^
-- How many entries there are; they are numbered without gaps.
SELECT COALESCE(MAX(entry), 0) AS entries FROM journal;

-- name: count_of_subject^
-- How many entries touch one case, person or meeting.
SELECT COUNT(*) AS entries FROM journal_subject WHERE kind = :kind AND ref = :ref;

-- name: person_id^
-- The human being behind a label of a case.
SELECT m.person_id FROM member m JOIN act a ON a.seq = m.seq JOIN case_file c ON c.id = m.case_id
WHERE c.number = :number AND m.label = :label AND a.undone_by IS NULL;
