SELECT grp, array_sort(collect_list(id)) AS reports FROM {assigned} GROUP BY grp
