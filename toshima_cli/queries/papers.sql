-- name: papers
-- The copies handed out for a sitting, each with its recipient and the day it came back.
SELECT p.id, p.copy_number, p.staff_code, COALESCE(s.name, p.guest_name) AS name, p.guest_name,
       COALESCE(s.office, p.office) AS office, p.post, p.on_date, p.held_on, p.digest,
       (SELECT MIN(r.on_date) FROM paper_return r JOIN act ra ON ra.seq = r.seq
        WHERE r.paper_id = p.id AND ra.undone_by IS NULL) AS returned_on
FROM paper p JOIN act a ON a.seq = p.seq LEFT JOIN staff s ON s.code = p.staff_code
WHERE p.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY p.copy_number;

-- name: paper_items
-- The items each copy of a sitting shows, those of a restricted case for its own people only.
SELECT x.paper_id, i.item
FROM paper p JOIN act a ON a.seq = p.seq JOIN paper_item x ON x.paper_id = p.id JOIN meeting_item i ON i.id = x.item_id
WHERE p.meeting_id = :meeting_id AND a.undone_by IS NULL
  AND (i.case_id IS NULL
       OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                            WHERE ha.undone_by IS NULL GROUP BY h.case_id
                            HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1))
ORDER BY x.id;

-- name: paper_members
-- Whom each copy of a sitting shows under which item, of a restricted case for its own people only.
SELECT x.paper_id, i.item, m.label
FROM paper p JOIN act a ON a.seq = p.seq JOIN paper_item x ON x.paper_id = p.id
     JOIN paper_member y ON y.paper_item_id = x.id JOIN meeting_item i ON i.id = x.item_id
     JOIN member m ON m.id = y.member_id
WHERE p.meeting_id = :meeting_id AND a.undone_by IS NULL
  AND (i.case_id IS NULL
       OR i.case_id NOT IN (SELECT h.case_id FROM case_holder h JOIN act ha ON ha.seq = h.seq
                            WHERE ha.undone_by IS NULL GROUP BY h.case_id
                            HAVING SUM(CASE WHEN h.staff_code <> :viewer THEN 0 WHEN h.holds THEN 1 ELSE -1 END) < 1))
ORDER BY x.paper_id, i.item, LENGTH(m.label), m.label;

-- name: text_checks
-- What somebody said about texts of a sitting, the last word last.
SELECT k.text_id, k.digest, k.goes FROM text_check k JOIN act a ON a.seq = k.seq
WHERE k.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY k.id;

-- name: last_copy^
-- The last number given to a copy of a sitting.
SELECT MAX(copy_number) AS copy_number FROM paper WHERE meeting_id = :meeting_id;

-- name: any_out^
-- Whether any copy is out.
SELECT p.id FROM paper p JOIN act a ON a.seq = p.seq
WHERE a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM paper_return r JOIN act ra ON ra.seq = r.seq
                  WHERE r.paper_id = p.id AND ra.undone_by IS NULL)
LIMIT 1;

-- name: out_about
-- The sittings of which a copy that shows one of the people of a case is still out.
SELECT DISTINCT g.number, g.held_on
FROM paper p JOIN act a ON a.seq = p.seq JOIN meeting g ON g.id = p.meeting_id JOIN paper_item x ON x.paper_id = p.id
     JOIN paper_member y ON y.paper_item_id = x.id JOIN member m ON m.id = y.member_id
WHERE m.case_id = :case_id AND a.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM paper_return r JOIN act ra ON ra.seq = r.seq
                  WHERE r.paper_id = p.id AND ra.undone_by IS NULL)
ORDER BY g.held_on, g.number;

-- name: item_texts
-- What was said about the items of a sitting, under its headings.
SELECT i.item, x.heading, x.text FROM item_text x JOIN act a ON a.seq = x.seq JOIN meeting_item i ON i.id = x.item_id
WHERE i.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY i.item, x.id;

-- name: item_actions
-- What the decisions of a sitting became, who does what by when.
SELECT i.item, n.number, n.what, n.who, n.due_on
FROM action n JOIN act a ON a.seq = n.seq JOIN meeting_item i ON i.id = n.item_id
WHERE i.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY i.item, n.id;

-- name: minutes
-- The versions of the minutes that were written, the newest last.
SELECT x.version, x.digest, x.on_date, a.actor FROM minutes x JOIN act a ON a.seq = x.seq
WHERE x.meeting_id = :meeting_id AND a.undone_by IS NULL
ORDER BY x.version;

-- name: keeper^
-- Whether a member of staff called a sitting, leads it or writes it down, or coordinates; `by_post` where it is by that
-- alone.
SELECT s.code, s.role <> 'coordinator' AND s.role <> 'secretariat'
       AND NOT EXISTS (SELECT 1 FROM meeting k JOIN act ka ON ka.seq = k.seq
                       WHERE k.number = :number AND ka.undone_by IS NULL AND ka.actor = s.code) AS by_post
FROM staff s
WHERE s.code = :staff
  AND (s.role = 'coordinator' OR s.role = 'secretariat'
       OR EXISTS (SELECT 1 FROM meeting m JOIN act a ON a.seq = m.seq
                  WHERE m.number = :number AND a.undone_by IS NULL
                    AND (a.actor = s.code OR m.chair = s.code OR m.recorder = s.code))
       OR EXISTS (SELECT 1 FROM party y JOIN act ya ON ya.seq = y.seq JOIN meeting m ON m.id = y.meeting_id
                  WHERE m.number = :number AND y.staff_code = s.code AND y.post IS NOT NULL AND ya.undone_by IS NULL));
