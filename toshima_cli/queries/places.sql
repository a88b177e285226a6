-- name: windows
-- Every window with what a referral has to know of it.
SELECT code, name, department, operation FROM "window" ORDER BY position;

-- name: programmes
-- Every programme with what a referral has to know of it.
SELECT code, name, department, operation FROM programme ORDER BY position;

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
-- What the office may set, as text.
SELECT key, value FROM setting ORDER BY position;

-- name: routing
-- The routing table, in the order of suggestion.
SELECT no, concern, "window", min_age, max_age, note FROM routing ORDER BY no;

-- name: concern_fields
-- The field each kind of concern belongs to.
SELECT code, field FROM concern_kind ORDER BY position;

-- name: staff_office^
-- The office of somebody without a window.
SELECT office FROM staff WHERE code = :staff;
