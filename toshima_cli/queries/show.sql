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
