-- name: names
-- Every slug of the reference data with its name, list by list, in the order of the data.
SELECT 'window' AS list, code, name, name AS name_en, position FROM "window"
UNION ALL SELECT 'programme', code, name, name, position FROM programme
UNION ALL SELECT 'outreach_programme', code, name, name, position FROM programme WHERE kind = 'outreach'
UNION ALL SELECT 'concern', code, name, name_en, position FROM concern_kind
UNION ALL SELECT 'concern_short', code, short, short_en, position FROM concern_kind
UNION ALL SELECT 'conference', code, name, name_en, position FROM conference
UNION ALL SELECT 'staff', code, name, name, 0 FROM staff WHERE retired_on IS NULL
UNION ALL SELECT 'resource', r.code, r.name, r.name, 0 FROM resource r JOIN act a ON a.seq = r.seq WHERE a.undone_by IS NULL
UNION ALL SELECT list, code, name, name_en, position FROM code
ORDER BY list, position, code;
