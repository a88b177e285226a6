-- name: windows
-- Every window of consultation with all that is known of it, in the order of the chapter.
SELECT code, name, department, operation, sites, site_type, subsidised, coordinator_posted, fields
FROM "window" ORDER BY position;

-- name: programmes
-- The programmes under participation, community and outreach.
SELECT code, name, kind, department, operation, staffing, staffing_note, places, subsidised
FROM programme ORDER BY position;

-- name: bodies
-- Which departments sit on the council and on the subcommittee.
SELECT department, council, subcommittee, source FROM body_member ORDER BY position;

-- name: listed_windows
-- The list of windows whole, with where each line comes from and as of when, as a town hands it in.
SELECT code, name, department, operation, sites, site_type, subsidised, coordinator_posted, fields, source, edition
FROM "window" ORDER BY position;

-- name: listed_programmes
-- The list of programmes whole, with where each line comes from and as of when.
SELECT code, kind, name, department, operation, staffing, staffing_note, places, subsidised, source, edition
FROM programme ORDER BY position;
