-- name: windows
-- Every window with what a referral has to know of it.
SELECT code, name, department, operation FROM "window" ORDER BY position;

-- name: programmes
-- Every programme with what a referral and an action of a plan have to know of it.
SELECT code, name, department, operation, kind FROM programme ORDER BY position;

-- name: resources
-- Every resource of the community, by its code; who runs it stands where a window has its department.
SELECT r.code, r.name, r.owner AS department, NULL AS operation, r.place, r.offers
FROM resource r JOIN act a ON a.seq = r.seq
WHERE a.undone_by IS NULL
ORDER BY r.code;

-- name: place_any^
-- Whether a code ever stood for a place, window or programme or resource; it is never given twice.
SELECT w.code FROM "window" w WHERE w.code = :code
UNION SELECT p.code FROM programme p WHERE p.code = :code
UNION SELECT r.code FROM resource r WHERE r.code = :code;

-- name: staff_window^
-- The window someone belongs to.
SELECT w.code, w.department, w.operation FROM staff s JOIN "window" w ON w.code = s.window_code WHERE s.code = :staff;

-- name: window^
-- One window.
SELECT code, name, department, operation FROM "window" WHERE code = :code;

-- name: deciders
-- Who may decide for whom, by age.
SELECT from_age, to_age, decided_by, child_view_required FROM decider ORDER BY position;

-- name: settings
-- What the office may set, as text, with the values it came with.
SELECT key, value, name, name_en, basis, source FROM setting ORDER BY position;

-- name: setting_changes
-- What it has set since, the last of each setting last; no value is the one it came with, or none.
SELECT c.setting AS key, c.value, c.on_date, a.actor FROM setting_change c JOIN act a ON a.seq = c.seq
WHERE a.undone_by IS NULL ORDER BY c.on_date, c.seq, c.id;

-- name: routing
-- The routing table, in the order of suggestion.
SELECT no, concern, "window", min_age, max_age, note FROM routing ORDER BY no;

-- name: concern_fields
-- The field each kind of concern belongs to.
SELECT code, field FROM concern_kind ORDER BY position;

-- name: staff_office^
-- The office of somebody without a window.
SELECT office FROM staff WHERE code = :staff;
