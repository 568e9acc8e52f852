-- Candidates with their score; a key that cannot join by itself stays below the bar with all the rest.
SELECT c.*, b.weight + standing(c.established) AS belief,
  CASE WHEN can_join(c.kind, c.other_kind) THEN round(b.weight + standing(c.established) + c.other, 6)
    ELSE least(round(b.weight + standing(c.established) + c.other, 6), :BAR) END AS score
FROM {candidates} c JOIN {beliefs} b ON b.row = c.row
