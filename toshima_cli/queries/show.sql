-- name: notes
-- The progress record of one case, undone entries too; they stay and say so.
SELECT n.number, n.on_date, n.method, m.label, n.text, n.next_on, n.next_what, a.undone_by IS NOT NULL AS undone
FROM note n JOIN act a ON a.seq = n.seq LEFT JOIN member m ON m.id = n.member_id
WHERE n.case_id = :case_id
ORDER BY n.on_date, n.seq, n.id;

-- name: permits
-- On what ground each referral went, with the facts it was decided on.
SELECT r.number, r.permit
FROM referral r JOIN act a ON a.seq = r.seq
WHERE r.case_id = :case_id AND a.undone_by IS NULL;

-- name: corrections
-- What was corrected of the people of one case, the latest last; of a record kept for several, of each of them.
SELECT m.label, x.id, x.on_date, x.seq, x.field, x.old_value, x.new_value, x.reason
FROM member m JOIN act ma ON ma.seq = m.seq JOIN correction x ON x.member_id = m.id JOIN act a ON a.seq = x.seq
WHERE m.case_id = :case_id AND ma.undone_by IS NULL AND a.undone_by IS NULL
UNION
SELECT m.label, x.id, x.on_date, x.seq, x.field, x.old_value, x.new_value, x.reason
FROM member m JOIN act ma ON ma.seq = m.seq JOIN correction x ON x.person_id = m.person_id JOIN act a ON a.seq = x.seq
WHERE m.case_id = :case_id AND ma.undone_by IS NULL AND a.undone_by IS NULL
UNION
SELECT m.label, x.id, x.on_date, x.seq, x.field, x.old_value, x.new_value, x.reason
FROM member m JOIN act ma ON ma.seq = m.seq JOIN merge g ON g.person_id = m.person_id JOIN act ga ON ga.seq = g.seq
     JOIN correction x ON x.person_id = g.kept_person_id JOIN act a ON a.seq = x.seq
WHERE m.case_id = :case_id AND ma.undone_by IS NULL AND a.undone_by IS NULL AND ga.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM merge_end e JOIN act ea ON ea.seq = e.seq
                  WHERE e.merge_id = g.id AND ea.undone_by IS NULL)
ORDER BY 3, 4, 2;
