-- Every report with its group, which is named after its first report.
SELECT n.id, n.report, m.grp, f.id AS first FROM {numbers} n JOIN {member} m ON m.report = n.report JOIN {numbers} f ON f.report = m.grp
