module rehearsal/tools/guard

go 1.26.0
