-- name: national
-- Whether the State asks for an item of a list (yes, no, or not known here).
SELECT list, code, national FROM code ORDER BY list, position, code;
