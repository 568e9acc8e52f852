-- Every report a group of its own.
SELECT report, report AS grp, 0.0D AS risk, 1L AS size FROM {numbers}
