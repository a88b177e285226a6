-- name: notes
-- The progress record of one case, undone entries too; they stay and say so.
SELECT n.number, n.on_date, n.seq, n.method, m.label, n.text, n.next_on, n.next_what, a.actor,
       a.undone_by IS NOT NULL AS undone
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

-- name: turns
-- What has a day of its own and is no row of the case as it stands, by what turned, who joined and left, concerns
-- that ended, steps that are done, cases tied to this one.
SELECT 'joined' AS turn, '' || m.id AS what, m.on_date, m.seq, m.note AS text
FROM member m JOIN act a ON a.seq = m.seq
WHERE m.case_id = :case_id AND a.undone_by IS NULL
UNION ALL
SELECT 'left', '' || d.member_id, d.on_date, d.seq, d.note
FROM member m JOIN departure d ON d.member_id = m.id JOIN act a ON a.seq = d.seq
WHERE m.case_id = :case_id AND a.undone_by IS NULL
UNION ALL
SELECT 'ended', '' || c.id, e.on_date, e.seq, e.reason
FROM concern c JOIN concern_end e ON e.concern_id = c.id JOIN act a ON a.seq = e.seq
WHERE c.case_id = :case_id AND a.undone_by IS NULL
UNION ALL
SELECT 'done', x.number, e.on_date, e.seq, NULL
FROM action x JOIN action_end e ON e.action_id = x.id JOIN act a ON a.seq = e.seq
WHERE x.case_id = :case_id AND a.undone_by IS NULL
UNION ALL
SELECT 'linked', l.kind || ' ' || c.number, l.on_date, l.seq, NULL
FROM case_link l JOIN act a ON a.seq = l.seq JOIN case_file c ON c.id = l.other_id
WHERE l.case_id = :case_id AND a.undone_by IS NULL
UNION ALL
SELECT 'linked', l.kind || ' ' || c.number, l.on_date, l.seq, NULL
FROM case_link l JOIN act a ON a.seq = l.seq JOIN case_file c ON c.id = l.case_id
WHERE l.other_id = :case_id AND a.undone_by IS NULL
ORDER BY 3, 4, 1, 2;

-- name: recorders
-- Who recorded what of one case.
SELECT a.seq, a.actor FROM act a WHERE a.case_id = :case_id AND a.undone_by IS NULL
UNION
SELECT a.seq, a.actor FROM meeting_item i JOIN decision d ON d.item_id = i.id JOIN act a ON a.seq = d.seq
WHERE i.case_id = :case_id AND a.undone_by IS NULL
UNION
SELECT a.seq, a.actor FROM gap g JOIN gap_step s ON s.gap_id = g.id JOIN act a ON a.seq = s.seq
WHERE g.case_id = :case_id AND a.undone_by IS NULL
ORDER BY 1;

-- name: undone
-- What was taken back of one case. What was recorded of a case of somebody's own is their own, undone too (rule 11).
SELECT a.seq, a.on_date, a.name, a.actor,
       (SELECT MAX(x.decision) FROM consent x WHERE x.seq = a.seq) AS consent,
       (SELECT MAX(x.status) FROM referral_answer x WHERE x.seq = a.seq) AS referral_answer,
       (SELECT MAX(x.staff_code) FROM assignment x WHERE x.seq = a.seq) AS assignment,
       EXISTS (SELECT 1 FROM referral x WHERE x.seq = a.seq AND x.ground = 'statutory_report')
         OR EXISTS (SELECT 1 FROM referral_answer y JOIN referral x ON x.id = y.referral_id
                    WHERE y.seq = a.seq AND x.ground = 'statutory_report') AS by_law
FROM act a
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL AND a.name <> 'undo' AND a.name <> 'split'
  AND NOT EXISTS (SELECT 1 FROM departure x WHERE x.seq = a.seq AND x.hidden)
  AND NOT EXISTS (SELECT 1 FROM note n WHERE n.seq = a.seq)
UNION ALL
SELECT DISTINCT a.seq, a.on_date, a.name, a.actor, NULL, NULL, NULL, a.seq < 0
FROM meeting_item i JOIN decision d ON d.item_id = i.id JOIN act a ON a.seq = d.seq
WHERE i.case_id = :case_id AND a.undone_by IS NOT NULL AND a.case_id IS NULL
ORDER BY 2, 1;

-- name: undone_people
-- Whom what was taken back was about, by label.
SELECT a.seq, m.label
FROM act a JOIN consent x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN concern x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN wish x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN referral x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN note x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN departure x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN action x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN plan_confirmation x ON x.seq = a.seq JOIN member m ON m.id = x.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN referral_answer x ON x.seq = a.seq JOIN referral r ON r.id = x.referral_id
     JOIN member m ON m.id = r.member_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
UNION
SELECT a.seq, m.label
FROM act a JOIN correction x ON x.seq = a.seq JOIN member m ON m.id = x.member_id OR m.person_id = x.person_id
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL AND m.case_id = :case_id
UNION
SELECT a.seq, m.label
FROM act a JOIN member m ON m.seq = a.seq
WHERE a.case_id = :case_id AND a.undone_by IS NOT NULL
ORDER BY 1, 2;
