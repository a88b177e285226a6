-- name: last_of^
-- The newest step of one person that still stands, with its case, as far as they may know it, and its sitting. What the
-- program records by itself (numbers on an agenda, an upgrade) is no step, nor is a paper that was handed out, nor that
-- an export was taken in, whose steps are those of whoever took them.
SELECT a.seq, a.on_date, a.recorded_at, a.name, a.case_id,
       (SELECT c.number FROM case_file c
        WHERE c.id = COALESCE(a.case_id, (SELECT i.case_id FROM decision d JOIN meeting_item i ON i.id = d.item_id
                                          WHERE d.seq = a.seq))
          AND c.id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                           WHERE ha.undone_by IS NULL GROUP BY h.case_id
                           HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1)
       ) AS case_number,
       (SELECT MIN(m.number) FROM meeting m
        WHERE m.id IN (SELECT n.id FROM meeting n WHERE n.seq = a.seq
                       UNION SELECT y.meeting_id FROM party y WHERE y.seq = a.seq
                       UNION SELECT x.meeting_id FROM meeting_cancel x WHERE x.seq = a.seq
                       UNION SELECT o.meeting_id FROM correction o WHERE o.seq = a.seq
                       UNION SELECT p.meeting_id FROM paper_return r JOIN paper p ON p.id = r.paper_id
                       WHERE r.seq = a.seq
                       UNION SELECT i.meeting_id FROM agenda_change k JOIN meeting_item i ON i.id = k.item_id
                       WHERE k.seq = a.seq
                       UNION SELECT b.meeting_id FROM meeting_case b WHERE b.seq = a.seq
                       UNION SELECT i.meeting_id FROM decision d JOIN meeting_item i ON i.id = d.item_id
                       WHERE d.seq = a.seq)) AS meeting_number
FROM act a
WHERE a.actor = :actor AND a.seq < :before AND a.undone_by IS NULL
  AND a.name <> 'undo' AND a.name <> 'agenda' AND a.name <> 'init' AND a.name <> 'expiry' AND a.name <> 'db upgrade'
  AND a.name <> 'papers' AND a.name <> 'minutes' AND a.name <> 'import office' AND a.name <> 'import case'
ORDER BY a.seq DESC LIMIT 1;

-- name: handed_out
-- The sittings of which one person handed out papers since a step.
SELECT DISTINCT m.number FROM paper p JOIN act a ON a.seq = p.seq JOIN meeting m ON m.id = p.meeting_id
WHERE a.actor = :actor AND a.seq > :seq AND a.undone_by IS NULL
ORDER BY m.number;

-- name: turns
-- What an act decided about consent or answered to a referral, which names it when it is taken back.
SELECT 'consent' AS name, c.decision AS turn FROM consent c WHERE c.seq = :seq
UNION SELECT 'referral_answer', x.status FROM referral_answer x WHERE x.seq = :seq
UNION SELECT 'assignment', 'to' FROM assignment s WHERE s.seq = :seq;

-- name: acts
-- Acts that still stand, from one to another, with who did them.
SELECT a.seq, a.name, a.on_date, a.actor FROM act a
WHERE a.seq >= :first AND a.seq <= :last AND a.undone_by IS NULL
ORDER BY a.seq;

-- name: newest_correction^
-- The last correction of a field that still stands; the others name what it is about, one of them.
SELECT x.new_value FROM correction x JOIN act a ON a.seq = x.seq
WHERE x.field = :field AND a.undone_by IS NULL
  AND (x.person_id = :person_id OR x.member_id = :member_id OR x.household_id = :household_id
       OR x.staff_code = :staff_code OR x.meeting_id = :meeting_id)
ORDER BY x.seq DESC, x.id DESC LIMIT 1;

-- name: first_correction^
-- The first correction of a field, undone or not, since its old value is what was entered.
SELECT x.old_value FROM correction x
WHERE x.field = :field
  AND (x.person_id = :person_id OR x.member_id = :member_id OR x.household_id = :household_id
       OR x.staff_code = :staff_code OR x.meeting_id = :meeting_id)
ORDER BY x.seq, x.id LIMIT 1;

-- name: people_of_household
-- The people of all cases of a household.
SELECT DISTINCT m.person_id FROM case_file c JOIN member m ON m.case_id = c.id JOIN act a ON a.seq = m.seq
WHERE c.household_id = :household_id AND a.undone_by IS NULL
ORDER BY m.person_id;

-- name: last_version^
-- The last number given to a plan version of a case, undone ones too, since a number is never given twice.
SELECT MAX(p.version) AS version FROM plan p WHERE p.case_id = :case_id;
