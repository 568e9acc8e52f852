-- Handles with the stems that they have in reports.
SELECT DISTINCT h.token AS handle, s.token AS stem FROM {sights} h JOIN {sights} s ON s.report = h.report AND s.source = h.source
WHERE h.kind = :HANDLE AND s.kind = :STEM
